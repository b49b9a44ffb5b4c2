import { percent, perSecond } from '../ui/format';
import { Pill } from '../ui/Pill';
import type { Observed } from './rollout';
import { isNear } from './shares';

interface Props {
  readonly observed: Observed;
  /** The versions in the order, and so in the colours, of the rest of the page. */
  readonly order: readonly string[];
  readonly targets: ReadonlyMap<string, number>;
  readonly seconds: number;
  /** Other rules send calls as well, so the shares are not those of one rule alone. */
  readonly mixed: boolean;
}

const SCALE = 1000;

export function ObservedBars({ observed, order, targets, seconds, mixed }: Props) {
  const versions = [...new Set([...order, ...observed.rates.keys()])];
  if (observed.total === 0) {
    return <p class="muted">No calls in this time.</p>;
  }
  const shareOf = (version: string): number => (observed.rates.get(version) ?? 0) / observed.total;
  const follows = versions.every((version) => isNear(shareOf(version), targets.get(version) ?? 0, observed.total * seconds));
  return (
    <>
      <ul class="observed" data-testid="observed">
        {versions.map((version, i) => (
          <li key={version} data-testid={`observed-${version}`}>
            <span class="observed__name">{version}</span>
            <Meter share={shareOf(version)} target={targets.get(version) ?? null} series={i} label={version} />
            <span class="observed__share">{percent(shareOf(version))}</span>
            <span class="muted observed__rate">{perSecond(observed.rates.get(version) ?? 0)}</span>
          </li>
        ))}
      </ul>
      {targets.size > 0 && (
        <p class="observed__verdict" data-testid="verdict">
          {follows ? <Pill tone="ok">traffic follows the split</Pill> : <Pill tone="warn">not at the split yet</Pill>}
          <span class="muted">{mixed ? 'Calls of all rules count here, so a difference can stay.' : 'The mark in each bar is its target.'}</span>
        </p>
      )}
    </>
  );
}

function Meter({ share, target, series, label }: { share: number; target: number | null; series: number; label: string }) {
  const words = `${label}: ${percent(share)}${target === null ? '' : `, target ${percent(target)}`}`;
  return (
    <svg class="meter" viewBox={`0 0 ${SCALE} 14`} preserveAspectRatio="none" role="img" aria-label={words}>
      <rect class="sharebar__track" width={SCALE} y="2" height="10" rx="3" />
      <rect class={`meter__fill series-${series % 6}`} width={share * SCALE} y="2" height="10" />
      {target !== null && <rect class="meter__target" x={Math.min(SCALE - 6, Math.max(0, target * SCALE - 3))} width="6" height="14" />}
    </svg>
  );
}
