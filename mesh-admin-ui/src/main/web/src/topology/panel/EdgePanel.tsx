import { hrefOf } from '../../app/router';
import { Fact } from '../../ui/Fact';
import { millis, percent, perSecond, plural } from '../../ui/format';
import { Icon } from '../../ui/Icon';
import { Pill, type PillTone } from '../../ui/Pill';
import { Sparkline } from '../../ui/Sparkline';
import { memory } from '../memory';
import { type GraphEdge, idOf, nameOf, OUTSIDE } from '../model';
import { selectionHref } from '../selection';
import { HealthPill } from './HealthPill';
import { Panel } from './Panel';

export function EdgePanel({ edge }: { edge: GraphEdge }) {
  const trace = memory.traceOf(edge.id);
  const ends = [edge.source, edge.destination];
  return (
    <Panel label={`Calls from ${nameOf(edge.source)} to ${nameOf(edge.destination)}`} title={`${edge.source.service === OUTSIDE ? 'Outside' : edge.source.service} → ${edge.destination.service}`}>
      <p class="panel__sub">
        {ends.map((end) => (
          <a key={idOf(end)} class="tag" href={selectionHref({ kind: 'node', id: idOf(end) })}>
            {nameOf(end)}
          </a>
        ))}
        <HealthPill health={edge.health} />
      </p>
      <dl class="facts">
        <Fact label="Rate">{perSecond(edge.rate)}</Fact>
        <Fact label="Errors">{percent(edge.errorShare)}</Fact>
        <Fact label="Retries">{perSecond(edge.retryRate)}</Fact>
        <Fact label="p50">{millis(edge.p50)}</Fact>
        <Fact label="p90">{millis(edge.p90)}</Fact>
        <Fact label="p99">{millis(edge.p99)}</Fact>
      </dl>
      <div>
        <h3>Calls per second</h3>
        <Sparkline values={trace.rate} label="Calls per second during the last minute" />
      </div>
      <div>
        <h3>Share of errors</h3>
        <Sparkline values={trace.errorShare} label="Share of errors during the last minute" tone="bad" />
      </div>
      <Resilience edge={edge} />
      <p class="panel__links">
        <a href={hrefOf('routes', edge.destination.service)}>
          Routes of {edge.destination.service} <Icon name="arrow" />
        </a>
      </p>
    </Panel>
  );
}

const BREAKERS: Readonly<Record<GraphEdge['breaker'], readonly [tone: PillTone, text: string]>> = {
  closed: ['ok', 'Calls pass.'],
  open: ['bad', 'At least one caller sends nothing there until it tries again.'],
  'half-open': ['warn', 'Callers try a few calls to see whether it has recovered.'],
};

function Resilience({ edge }: { edge: GraphEdge }) {
  const [tone, text] = BREAKERS[edge.breaker];
  return (
    <dl class="lines">
      <div>
        <dt>Circuit breaker</dt>
        <dd>
          <Pill tone={tone}>{edge.breaker}</Pill>
          <span class="muted">{text}</span>
        </dd>
      </div>
      <div>
        <dt>Ejected</dt>
        <dd>
          <Pill tone={edge.ejected > 0 ? 'warn' : 'ok'}>{edge.ejected > 0 ? plural(edge.ejected, 'instance') : 'none'}</Pill>
          <span class="muted">{edge.ejected > 0 ? 'Left out by callers after errors, for a while.' : 'All instances get calls.'}</span>
        </dd>
      </div>
      {edge.laneLost > 0 && (
        <div>
          <dt>Lane</dt>
          <dd>
            <Pill tone="warn">{`lost by ${plural(edge.laneLost, 'call')}`}</Pill>
            <span class="muted">Made on a thread that does not know the request it works for.</span>
          </dd>
        </div>
      )}
    </dl>
  );
}
