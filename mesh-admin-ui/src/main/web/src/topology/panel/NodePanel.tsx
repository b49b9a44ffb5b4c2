import { hrefOf } from '../../app/router';
import { Fact } from '../../ui/Fact';
import { millis, percent, perSecond } from '../../ui/format';
import { Icon } from '../../ui/Icon';
import { Sparkline } from '../../ui/Sparkline';
import { memory } from '../memory';
import { type Graph, type GraphNode, nameOf } from '../model';
import { CallTable } from './CallTable';
import { HealthPill } from './HealthPill';
import { InstanceList } from './InstanceList';
import { Panel } from './Panel';
import { VersionList } from './VersionList';

export function NodePanel({ node, graph }: { node: GraphNode; graph: Graph }) {
  const trace = memory.traceOf(node.id);
  const inbound = graph.edges.filter((edge) => edge.to === node.id);
  const outbound = graph.edges.filter((edge) => edge.from === node.id);
  return (
    <Panel label={`Details of ${nameOf(node)}`} title={node.outside ? 'Outside callers' : node.service}>
      <p class="panel__sub">
        {node.version !== '' && <span class="tag">{node.version}</span>}
        {node.lanes.map((lane) => (
          <span key={lane} class="tag">
            lane {lane}
          </span>
        ))}
        {node.outside ? <span class="muted">not part of the mesh</span> : <HealthPill health={node.health} />}
      </p>
      <dl class="facts">
        <Fact label={inbound.length > 0 ? 'Calls in' : 'Calls out'}>{perSecond(node.rate)}</Fact>
        <Fact label="Errors">{percent(node.errorShare)}</Fact>
        <Fact label="Worst p99">{millis(node.p99)}</Fact>
      </dl>
      <div>
        <h3>Calls per second</h3>
        <Sparkline values={trace.rate} label={`Calls per second of ${nameOf(node)} during the last minute`} />
      </div>
      {!node.outside && (
        <>
          <VersionList node={node} graph={graph} />
          <InstanceList node={node} />
        </>
      )}
      <CallTable title="Called by" edges={inbound} end={(edge) => edge.source} />
      <CallTable title="Calls" edges={outbound} end={(edge) => edge.destination} />
      {!node.outside && (
        <p class="panel__links">
          <a href={hrefOf('services', node.service)}>
            Service <Icon name="arrow" />
          </a>
          <a href={hrefOf('routes', node.service)}>
            Routes <Icon name="arrow" />
          </a>
        </p>
      )}
    </Panel>
  );
}
