import { percent } from '../../ui/format';
import type { Graph, GraphNode } from '../model';
import { selectionHref } from '../selection';

/** The versions of the service and what each of them gets of its calls. */
export function VersionList({ node, graph }: { node: GraphNode; graph: Graph }) {
  const versions = graph.nodes.filter(({ service }) => service === node.service);
  const total = versions.reduce((sum, { rate }) => sum + rate, 0);
  if (versions.length < 2) {
    return null;
  }
  return (
    <section aria-label="Versions">
      <h3>Versions</h3>
      <ul class="versions">
        {versions.map(({ id, version, rate }) => (
          <li key={id}>
            <a href={selectionHref({ kind: 'node', id })} aria-current={id === node.id ? 'true' : undefined}>
              {version || 'no version'}
            </a>
            <span class="muted">{total === 0 ? 'idle' : `${percent(rate / total)} of calls`}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
