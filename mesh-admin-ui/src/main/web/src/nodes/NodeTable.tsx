import { ago, agoOf } from '../ui/format';
import { Pill } from '../ui/Pill';
import { useNow } from '../ui/useNow';
import type { SeenNode } from './nodes';

export function NodeTable({ nodes }: { nodes: readonly SeenNode[] }) {
  const now = useNow();
  return (
    <div class="card card--flush">
      <table class="table table--cards">
        <caption class="visually-hidden">Nodes of the registry</caption>
        <thead>
          <tr>
            <th scope="col">Node</th>
            <th scope="col">State</th>
            <th scope="col" class="number">
              Instances
            </th>
            <th scope="col">Version</th>
            <th scope="col">Started</th>
            <th scope="col">Meaning</th>
          </tr>
        </thead>
        <tbody>
          {nodes.map((node) => (
            <tr key={node.id} data-testid="node-row" data-node={node.id}>
              <th scope="row" class="mono wrap">
                {node.id}
              </th>
              <td data-label="State">
                <State node={node} />
              </td>
              <td data-label="Instances" class="number">
                {node.gone ? '–' : node.instances}
              </td>
              <td data-label="Version" class="mono">
                {node.version || '–'}
              </td>
              <td data-label="Started" title={node.startedAt}>
                {agoOf(node.startedAt, now)}
              </td>
              <td data-label="Meaning" class="muted">
                {meaningOf(node, now)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function State({ node }: { node: SeenNode }) {
  if (node.gone) {
    return <Pill tone="bad">Gone</Pill>;
  }
  return node.connected ? <Pill tone="ok">Up</Pill> : <Pill tone="warn">Read-only</Pill>;
}

function meaningOf({ gone, self, connected, lastSeen }: SeenNode, now: number): string {
  if (gone) {
    return `Seen last ${ago(lastSeen, now)}; its instances move to the others`;
  }
  if (!connected) {
    return 'Answers you, and does not reach Redis';
  }
  return self ? 'Answers you' : 'Shares what it knows';
}
