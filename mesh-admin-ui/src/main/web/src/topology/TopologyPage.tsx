import { useEffect, useMemo, useState } from 'preact/hooks';
import { registry } from '../api/registry';
import { useFeed } from '../api/useFeed';
import { FreshnessMark, isStale } from '../ui/Freshness';
import { FeedView } from '../ui/FeedView';
import { PageHead } from '../ui/PageHead';
import { EmptyMesh } from './EmptyMesh';
import { Legend } from './Legend';
import { memory } from './memory';
import { type Graph, graphOf } from './model';
import { select } from './selection';
import { Stage } from './Stage';
import { Stats } from './Stats';
import { WindowChoice } from './WindowChoice';

const EVERY_MS = 1000;

export function TopologyPage() {
  const [window, setWindow] = useState('60s');
  const { state } = useFeed(() => registry.topology(window), EVERY_MS, [window]);
  const graph = useMemo(() => (state.value === null ? null : memory.add(graphOf(state.value))), [state.value]);
  useEscape();
  return (
    <div class="page page--full">
      <PageHead title="Topology">
        <FreshnessMark state={state} />
        <WindowChoice value={window} onChange={setWindow} />
        <Legend />
      </PageHead>
      <FeedView state={{ ...state, value: graph }} what="topology">
        {(found: Graph) => (found.nodes.length === 0 ? <EmptyMesh /> : <Picture graph={found} stale={isStale(state)} />)}
      </FeedView>
    </div>
  );
}

function Picture({ graph, stale }: { graph: Graph; stale: boolean }) {
  return (
    <>
      <Stats graph={graph} />
      <Stage graph={graph} stale={stale} />
    </>
  );
}

function useEscape(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && !event.defaultPrevented) {
        select(null);
      }
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
}
