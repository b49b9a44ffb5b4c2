import { registry } from '../api/registry';
import type { ServiceDetail } from '../api/types';
import { useFeed } from '../api/useFeed';
import { hrefOf } from '../app/router';
import { Empty } from '../ui/Empty';
import { FeedView } from '../ui/FeedView';
import { FreshnessMark } from '../ui/Freshness';
import { Fact } from '../ui/Fact';
import { PageHead } from '../ui/PageHead';
import { InstanceTable } from './InstanceTable';
import { RuleList } from './RuleList';
import { WatcherTable } from './WatcherTable';

const EVERY_MS = 1500;

export function ServicePage({ name }: { name: string }) {
  const { state } = useFeed(() => registry.service(name), EVERY_MS, [name]);
  return (
    <div class="page">
      <PageHead title={name} trail={{ href: hrefOf('services'), text: 'Services' }}>
        <FreshnessMark state={state} />
        <a class="button" href={hrefOf('routes', name)}>
          Routes
        </a>
      </PageHead>
      {state.error?.failure === 'not-found' ? (
        <Empty title={`“${name}” is not known here`} icon="search" testId="unknown-service">
          <p>
            No instance of it is registered and no rule names it. <a href={hrefOf('services')}>See all services</a>.
          </p>
        </Empty>
      ) : (
        <FeedView state={state} what="service">
          {(service: ServiceDetail) => <Detail service={service} />}
        </FeedView>
      )}
    </div>
  );
}

function Detail({ service }: { service: ServiceDetail }) {
  const up = service.instances.filter(({ status }) => status === 'UP').length;
  return (
    <>
      <dl class="stats stats--four" aria-label="Service in numbers">
        <Fact label="Instances up" tone={up < service.instances.length ? 'warn' : undefined}>
          {up}
          <span class="fact__of"> / {service.instances.length}</span>
        </Fact>
        <Fact label="Versions">{new Set(service.instances.map(({ version }) => version)).size}</Fact>
        <Fact label="Watched by">{service.watchers.length}</Fact>
        <Fact label="Revision">{service.revision}</Fact>
      </dl>
      <InstanceTable instances={service.instances} />
      <WatcherTable watchers={service.watchers} revision={service.revision} />
      <RuleList rules={service.rules} />
    </>
  );
}
