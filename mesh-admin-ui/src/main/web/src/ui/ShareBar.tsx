import { percent } from './format';

export interface Share {
  readonly label: string;
  readonly share: number;
}

const SCALE = 1000;

/** How traffic is divided, as one bar. The words beside it carry the same numbers. */
export function ShareBar({ shares, label }: { shares: readonly Share[]; label: string }) {
  let at = 0;
  return (
    <svg class="sharebar" viewBox={`0 0 ${SCALE} 10`} preserveAspectRatio="none" role="img" aria-label={`${label}: ${wordsOf(shares)}`}>
      <rect class="sharebar__track" width={SCALE} height="10" />
      {shares.map(({ label: name, share }, i) => {
        const x = at;
        at += share * SCALE;
        return <rect key={name} class={`series-${i % 6}`} x={x} width={Math.max(0, share * SCALE - (at < SCALE - 1 && share > 0.01 ? 4 : 0))} height="10" />;
      })}
    </svg>
  );
}

/** The names and numbers under a bar. */
export function ShareLegend({ shares }: { shares: readonly Share[] }) {
  return (
    <ul class="legend">
      {shares.map(({ label, share }, i) => (
        <li key={label}>
          <span class={`legend__key series-${i % 6}`} aria-hidden="true" />
          {label} <strong>{percent(share)}</strong>
        </li>
      ))}
    </ul>
  );
}

function wordsOf(shares: readonly Share[]): string {
  return shares.length === 0 ? 'nothing' : shares.map(({ label, share }) => `${label} ${percent(share)}`).join(', ');
}
