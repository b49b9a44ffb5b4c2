import { registry } from '../api/registry';
import type { ServiceDetail } from '../api/types';
import { useFeed } from '../api/useFeed';
import { perSecond } from '../ui/format';
import { laneShares } from './lanes';
import { ObservedBars } from './ObservedBars';
import { observedOf } from './rollout';
import { RolloutMeter } from './RolloutMeter';
import type { Editor } from './useEditor';

const WINDOW_SECONDS = 10;
const EVERY_MS = 1000;

/** What the callers do now: how many run the revision, and how their calls are divided. */
export function LiveSplit({ editor, detail }: { editor: Editor; detail: ServiceDetail }) {
  const { state } = useFeed(() => registry.topology(`${WINDOW_SECONDS}s`), EVERY_MS, [detail.name]);
  const observed = state.value === null ? null : observedOf(state.value, detail.name);
  const revision = editor.route?.metadata.revision ?? null;
  return (
    <section class="card editor__live" aria-label="Live">
      <h2 class="card__title">Live</h2>
      {revision !== null && <RolloutMeter watchers={detail.watchers} revision={revision} />}
      <h3>
        Calls of the last {WINDOW_SECONDS} s {observed !== null && <span class="muted">{perSecond(observed.total)} in all</span>}
      </h3>
      {observed === null ? (
        <p class="muted">{state.error === null ? 'Loading…' : state.error.message}</p>
      ) : (
        <ObservedBars observed={observed} order={editor.current.flatMap(({ version }) => version ?? [])} targets={targetsOf(editor)} seconds={WINDOW_SECONDS} mixed={(editor.route?.spec.rules.length ?? 0) > 1} />
      )}
    </section>
  );
}

/** The shares that the calls should have; none while no route says so. */
function targetsOf({ route, current }: Editor): ReadonlyMap<string, number> {
  const shares = laneShares(current);
  return new Map(route === null ? [] : current.flatMap(({ version }, i) => (version === null ? [] : [[version, shares[i]?.share ?? 0] as const])));
}
