import { registry } from '../api/registry';
import type { RuleDocument, ServiceSummary } from '../api/types';
import { useFeed } from '../api/useFeed';
import { EmptyMesh } from '../topology/EmptyMesh';
import { FeedView } from '../ui/FeedView';
import { FreshnessMark } from '../ui/Freshness';
import { PageHead } from '../ui/PageHead';
import { overviewOf } from './overview';
import { RouteTable } from './RouteTable';

const EVERY_MS = 2000;

interface Found {
  readonly services: readonly ServiceSummary[];
  readonly rules: readonly RuleDocument[];
}

export function RoutesPage() {
  const { state } = useFeed(load, EVERY_MS, []);
  return (
    <div class="page">
      <PageHead title="Routes">
        <FreshnessMark state={state} />
      </PageHead>
      <FeedView state={state} what="list of routes">
        {({ services, rules }: Found) => {
          const rows = overviewOf(services, rules);
          return rows.length === 0 ? <EmptyMesh /> : <RouteTable rows={rows} />;
        }}
      </FeedView>
    </div>
  );
}

async function load(): Promise<Found> {
  const [services, rules] = await Promise.all([registry.services(), registry.rules()]);
  return { services, rules };
}
