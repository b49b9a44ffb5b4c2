const WIDTH = 240;
const HEIGHT = 52;

interface Props {
  readonly values: readonly number[];
  readonly label: string;
  readonly tone?: 'accent' | 'bad';
}

/** A small curve of the last values, scaled to its own maximum. */
export function Sparkline({ values, label, tone = 'accent' }: Props) {
  const line = lineOf(values);
  return (
    <svg class={`spark spark--${tone}`} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label} preserveAspectRatio="none">
      {line !== '' && <path class="spark__area" d={`${line}L${WIDTH},${HEIGHT}L${startOf(values)},${HEIGHT}z`} />}
      <path class="spark__line" d={line} />
    </svg>
  );
}

const CAPACITY = 60;
const STEP = WIDTH / (CAPACITY - 1);

function lineOf(values: readonly number[]): string {
  const top = Math.max(...values, 0) * 1.2 || 1;
  const from = startOf(values);
  return values.map((value, i) => `${i === 0 ? 'M' : 'L'}${(from + i * STEP).toFixed(1)},${(HEIGHT - 1 - (value / top) * (HEIGHT - 2)).toFixed(1)}`).join('');
}

/** The newest value stands at the right edge, also while the history is short. */
function startOf(values: readonly number[]): number {
  return Number((WIDTH - (values.length - 1) * STEP).toFixed(1));
}
