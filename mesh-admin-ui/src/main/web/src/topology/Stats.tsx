import { count, percent, perSecond } from '../ui/format';
import { Fact } from '../ui/Fact';
import { concerns } from './attention';
import { ConcernList } from './ConcernList';
import type { Graph } from './model';

/** The mesh in five numbers. */
export function Stats({ graph }: { graph: Graph }) {
  const nodes = graph.nodes.filter(({ outside }) => !outside);
  const rate = graph.edges.reduce((sum, edge) => sum + edge.rate, 0);
  const errors = graph.edges.reduce((sum, edge) => sum + edge.rate * edge.errorShare, 0);
  const instances = nodes.reduce((sum, node) => sum + node.instances, 0);
  const up = nodes.reduce((sum, node) => sum + node.up, 0);
  const share = rate === 0 ? 0 : errors / rate;
  return (
    <dl class="stats" aria-label="Mesh in numbers">
      <Fact label="Services">{count(new Set(nodes.map(({ service }) => service)).size)}</Fact>
      <Fact label="Instances" tone={up < instances ? 'warn' : undefined}>
        {count(up)}
        <span class="fact__of"> / {count(instances)}</span>
      </Fact>
      <Fact label="Calls">{perSecond(rate)}</Fact>
      <Fact label="Errors" tone={share >= 0.05 ? 'bad' : share >= 0.01 ? 'warn' : undefined}>
        {percent(share)}
      </Fact>
      <ConcernList concerns={concerns(graph)} />
    </dl>
  );
}
