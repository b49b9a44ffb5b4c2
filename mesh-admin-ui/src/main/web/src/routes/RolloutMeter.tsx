import type { Watcher } from '../api/types';
import { plural } from '../ui/format';
import { rolloutOf } from './rollout';

const SHOWN = 5;

/** How many callers work with a revision, and who does not yet. */
export function RolloutMeter({ watchers, revision }: { watchers: readonly Watcher[]; revision: number }) {
  const { current, total, waiting } = rolloutOf(watchers, revision);
  return (
    <div class="rollout">
      <p data-testid="rollout">
        {total === 0 ? (
          <span class="muted">Nobody follows this service yet, so nobody has to take over revision {revision}.</span>
        ) : (
          <>
            <strong>
              {current} of {plural(total, 'caller')}
            </strong>{' '}
            {current === 1 ? 'runs' : 'run'} revision {revision}
          </>
        )}
      </p>
      {total > 0 && <progress value={current} max={total} aria-label={`Callers that run revision ${revision}`} />}
      {waiting.length > 0 && (
        <p class="muted">
          Waiting for{' '}
          {waiting
            .slice(0, SHOWN)
            .map(({ service, id }) => `${service} (${id})`)
            .join(', ')}
          {waiting.length > SHOWN ? ` and ${waiting.length - SHOWN} more` : ''}.
        </p>
      )}
    </div>
  );
}
