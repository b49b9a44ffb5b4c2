import { percent } from '../ui/format';
import type { Share } from '../ui/ShareBar';

/** What a change means for the calls, one sentence per destination that changes. */
export function changesInWords(before: readonly Share[], after: readonly Share[]): string[] {
  const old = new Map(before.map(({ label, share }) => [label, share]));
  return after.flatMap(({ label, share }) => {
    const was = old.get(label) ?? 0;
    return Math.abs(was - share) < 1e-9 ? [] : [sentence(label, was, share)];
  });
}

function sentence(label: string, before: number, after: number): string {
  if (before === 0) {
    return `${label} starts to get calls: ${percent(after)}.`;
  }
  if (after === 0) {
    return `${label} gets no calls any more (${percent(before)} now).`;
  }
  const points = Math.abs(Math.round((after - before) * 100));
  return `${label} gets ${after > before ? 'more' : 'fewer'} calls: ${percent(before)} becomes ${percent(after)}${points === 0 ? '' : `, ${points} of 100 calls ${after > before ? 'more' : 'fewer'}`}.`;
}
