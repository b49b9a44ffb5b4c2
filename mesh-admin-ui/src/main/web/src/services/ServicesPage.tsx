import { useState } from 'preact/hooks';
import { registry } from '../api/registry';
import type { ServiceSummary } from '../api/types';
import { useFeed } from '../api/useFeed';
import { EmptyMesh } from '../topology/EmptyMesh';
import { Empty } from '../ui/Empty';
import { FeedView } from '../ui/FeedView';
import { FreshnessMark } from '../ui/Freshness';
import { PageHead } from '../ui/PageHead';
import { matching } from './filter';
import { ServiceTable } from './ServiceTable';

const EVERY_MS = 2000;

export function ServicesPage() {
  const [text, setText] = useState('');
  const { state } = useFeed(registry.services, EVERY_MS, []);
  return (
    <div class="page">
      <PageHead title="Services">
        <FreshnessMark state={state} />
        <label class="search">
          <span class="visually-hidden">Filter services</span>
          <input type="search" placeholder="Filter by name or version" value={text} onInput={(event) => setText(event.currentTarget.value)} />
        </label>
      </PageHead>
      <FeedView state={state} what="list of services">
        {(services: readonly ServiceSummary[]) => (services.length === 0 ? <EmptyMesh /> : <Found services={matching(services, text)} text={text} onClear={() => setText('')} />)}
      </FeedView>
    </div>
  );
}

function Found({ services, text, onClear }: { services: readonly ServiceSummary[]; text: string; onClear: () => void }) {
  if (services.length === 0) {
    return (
      <Empty title={`No service matches “${text}”`} icon="search">
        <button type="button" class="button" onClick={onClear}>
          Clear the filter
        </button>
      </Empty>
    );
  }
  return <ServiceTable services={services} />;
}
