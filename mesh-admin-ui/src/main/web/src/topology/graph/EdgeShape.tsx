import type { RefCallback } from 'preact';
import { millis, percent, perSecond } from '../../ui/format';
import { IconShape } from '../../ui/Icon';
import { type GraphEdge, nameOf } from '../model';
import { select } from '../selection';
import { CHIP } from './chips';
import type { Wire } from './layout';

interface Props {
  readonly edge: GraphEdge;
  readonly wire: Wire | undefined;
  readonly dim: boolean;
}

/** The line itself: as thick as its rate, in the colour of its health, moving with its calls. */
export function EdgeLine({ edge, wire, dim }: Props) {
  if (wire === undefined) {
    return null;
  }
  const width = widthOf(edge.rate);
  const pace: RefCallback<SVGPathElement> = (path) => path?.style.setProperty('--pace', `${paceOf(edge.rate).toFixed(2)}s`);
  return (
    <g class={`edge edge--${edge.health} edge--${edge.breaker}${dim ? ' is-dim' : ''}`} onClick={() => select({ kind: 'edge', id: edge.id })} data-id={edge.id} aria-hidden="true">
      <path class="edge__hit" d={wire.d} />
      <path class="edge__base" d={wire.d} stroke-width={width} marker-end={`url(#arrow-${edge.health})`} />
      {edge.health !== 'idle' && edge.breaker !== 'open' && <path class="edge__flow" d={wire.d} stroke-width={Math.max(1.6, width)} ref={pace} />}
    </g>
  );
}

/** The numbers of an edge, and in words what is wrong with it. */
export function EdgeChip({ edge, wire, dim, selected }: Props & { readonly selected: boolean }) {
  if (wire === undefined) {
    return null;
  }
  const badges = badgesOf(edge);
  const height = CHIP.height + badges.length * BADGE_HEIGHT;
  return (
    <g
      class={`chip chip--${edge.health}${dim ? ' is-dim' : ''}${selected ? ' is-selected' : ''}`}
      transform={`translate(${(wire.chip.x - CHIP.width / 2).toFixed(1)} ${(wire.chip.y - CHIP.height / 2).toFixed(1)})`}
      role="button"
      tabindex={-1}
      aria-pressed={selected}
      aria-label={labelOf(edge)}
      data-id={edge.id}
      data-testid="edge"
      data-health={edge.health}
      data-breaker={edge.breaker}
      data-ejected={edge.ejected}
      onClick={() => select(selected ? null : { kind: 'edge', id: edge.id })}
    >
      <rect class="chip__box" width={CHIP.width} height={height} rx="9" />
      <text class="chip__rate" x={CHIP.width / 2} y="14">
        {trafficOf(edge)}
      </text>{' '}
      <text class="chip__meta" x={CHIP.width / 2} y="27">
        {latencyOf(edge)}
      </text>{' '}
      {badges.map(({ icon, text, tone }, i) => (
        <g key={icon} class={`badge badge--${tone}`} transform={`translate(3 ${CHIP.height - 2 + i * BADGE_HEIGHT})`} data-testid={`badge-${icon}`}>
          <rect class="badge__box" width={CHIP.width - 6} height={BADGE_HEIGHT - 2} rx="6" />
          <g class="badge__icon" transform="translate(3 2) scale(0.75)">
            <IconShape name={icon} />
          </g>
          <text class="badge__text" x="18" y="12">
            {text}
          </text>{' '}
        </g>
      ))}
    </g>
  );
}

const BADGE_HEIGHT = 18;

function badgesOf({ breaker, ejected, laneLost }: GraphEdge) {
  return [
    ...(breaker === 'open' ? [{ icon: 'open', text: 'breaker open', tone: 'bad' } as const] : []),
    ...(breaker === 'half-open' ? [{ icon: 'half', text: 'half-open', tone: 'warn' } as const] : []),
    ...(ejected > 0 ? [{ icon: 'ejected', text: `${ejected} ejected`, tone: 'warn' } as const] : []),
    ...(laneLost > 0 ? [{ icon: 'split', text: 'loses lane', tone: 'warn' } as const] : []),
  ];
}

/** Holds what is seen, so that speech control finds it by those words. */
function labelOf(edge: GraphEdge): string {
  const signs = badgesOf(edge).map(({ text }) => ` ${text}`);
  return `Calls from ${nameOf(edge.source)} to ${nameOf(edge.destination)}: ${trafficOf(edge)} ${latencyOf(edge)}${signs.join('')}`;
}

function trafficOf(edge: GraphEdge): string {
  return edge.p99 === null ? 'idle' : `${perSecond(edge.rate)} · ${percent(edge.errorShare)}`;
}

function latencyOf(edge: GraphEdge): string {
  return edge.p99 === null ? 'no calls' : `p99 ${millis(edge.p99)}`;
}

function widthOf(rate: number): number {
  return Math.min(8, 1.4 + Math.log2(1 + rate) * 0.72);
}

/** Seconds that a dot needs for its way: busy lines run faster. */
function paceOf(rate: number): number {
  return Math.max(0.4, 2.4 - Math.log10(1 + rate) * 0.8);
}
