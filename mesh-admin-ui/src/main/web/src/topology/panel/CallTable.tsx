import type { TopologyEnd } from '../../api/types';
import { percent, perSecond } from '../../ui/format';
import { type GraphEdge, nameOf } from '../model';
import { selectionHref } from '../selection';

interface Props {
  readonly title: string;
  readonly edges: readonly GraphEdge[];
  readonly end: (edge: GraphEdge) => TopologyEnd;
}

export function CallTable({ title, edges, end }: Props) {
  if (edges.length === 0) {
    return null;
  }
  return (
    <table class="table table--tight">
      <caption>{title}</caption>
      <thead>
        <tr>
          <th scope="col">Service</th>
          <th scope="col" class="number">
            Rate
          </th>
          <th scope="col" class="number">
            Errors
          </th>
        </tr>
      </thead>
      <tbody>
        {edges.map((edge) => (
          <tr key={edge.id}>
            <td class="clip">
              <span class={`swatch swatch--${edge.health}`} aria-hidden="true" />
              <a href={selectionHref({ kind: 'edge', id: edge.id })}>{nameOf(end(edge))}</a>
            </td>
            <td class="number">{perSecond(edge.rate)}</td>
            <td class="number">{percent(edge.errorShare)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
