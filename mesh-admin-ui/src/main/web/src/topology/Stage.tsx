import { useRef } from 'preact/hooks';
import { GraphView } from './graph/GraphView';
import { useSize } from './graph/useSize';
import type { Size } from './graph/viewport';
import { type Graph, nameOf } from './model';
import { EdgePanel } from './panel/EdgePanel';
import { NodePanel } from './panel/NodePanel';
import { find, type Selected, selection } from './selection';

const PANEL_WIDTH = 332;
const SHEET_SHARE = 0.58;
const NARROW = 760;

/** The graph, and over its side what is known about the selected part. */
export function Stage({ graph, stale }: { graph: Graph; stale: boolean }) {
  const stage = useRef<HTMLElement>(null);
  const size = useSize(stage);
  const chosen = selection();
  const selected = find(graph, chosen);
  return (
    <section ref={stage} class={`stage${stale ? ' is-stale' : ''}`} aria-label="Map of the mesh">
      <GraphView graph={graph} chosen={chosen} covered={coveredBy(selected, size)} />
      {selected?.kind === 'node' && <NodePanel key={selected.node.id} node={selected.node} graph={graph} />}
      {selected?.kind === 'edge' && <EdgePanel key={selected.edge.id} edge={selected.edge} />}
      <p class="visually-hidden" role="status">
        {wordsOf(selected)}
      </p>
    </section>
  );
}

function coveredBy(selected: Selected, size: Size | null): Size {
  if (selected === null || size === null) {
    return { width: 0, height: 0 };
  }
  return size.width < NARROW ? { width: 0, height: size.height * SHEET_SHARE } : { width: PANEL_WIDTH, height: 0 };
}

function wordsOf(selected: Selected): string {
  if (selected === null) {
    return '';
  }
  return selected.kind === 'node' ? `${nameOf(selected.node)} selected` : `Calls from ${nameOf(selected.edge.source)} to ${nameOf(selected.edge.destination)} selected`;
}
