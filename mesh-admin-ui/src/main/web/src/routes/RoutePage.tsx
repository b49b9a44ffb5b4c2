import { registry } from '../api/registry';
import type { ServiceDetail } from '../api/types';
import { useFeed } from '../api/useFeed';
import { hrefOf } from '../app/router';
import { Empty } from '../ui/Empty';
import { FeedView } from '../ui/FeedView';
import { FreshnessMark } from '../ui/Freshness';
import { PageHead } from '../ui/PageHead';
import { RouteEditor } from './RouteEditor';

const EVERY_MS = 1000;

export function RoutePage({ service }: { service: string }) {
  const { state, refresh } = useFeed(() => registry.service(service), EVERY_MS, [service]);
  return (
    <div class="page">
      <PageHead title={service} trail={{ href: hrefOf('routes'), text: 'Routes' }}>
        <FreshnessMark state={state} />
        <a class="button" href={hrefOf('services', service)}>
          Service
        </a>
      </PageHead>
      {state.error?.failure === 'not-found' ? (
        <Empty title={`“${service}” is not known here`} icon="search">
          <p>
            No instance of it is registered and no rule names it. <a href={hrefOf('routes')}>See all routes</a>.
          </p>
        </Empty>
      ) : (
        <FeedView state={state} what="route">
          {(detail: ServiceDetail) => <RouteEditor detail={detail} refresh={refresh} />}
        </FeedView>
      )}
    </div>
  );
}
