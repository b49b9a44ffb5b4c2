import type { Drain } from '../api/types';
import { agoOf } from '../ui/format';
import { authorOf, progressOf } from './drains';

const SHOWN = 3;

/** How many callers have said that they no longer choose an instance, and who has not. */
export function DrainMeter({ drain, now }: { drain: Drain; now: number }) {
  return (
    <div class="drain" data-testid="drain">
      <span>{progressOf(drain)}</span>
      {!drain.done && <progress value={drain.confirmed} max={Math.max(1, drain.callers)} aria-label={progressOf(drain)} />}
      {drain.awaiting.length > 0 && (
        <span class="muted wrap">
          Waiting for {drain.awaiting.slice(0, SHOWN).join(', ')}
          {drain.awaiting.length > SHOWN ? ` and ${drain.callers - drain.confirmed - SHOWN} more` : ''}
        </span>
      )}
      <span class="muted">
        {authorOf(drain)}, {agoOf(drain.since, now)}
      </span>
    </div>
  );
}
