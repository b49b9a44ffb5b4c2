import type { FeedState } from '../api/feed';
import { Banner } from './Banner';
import { ago, clock } from './format';
import { Icon } from './Icon';
import { useNow } from './useNow';

export function isStale(state: FeedState<unknown>): boolean {
  return state.value !== null && state.error !== null;
}

const WORDS = { live: 'Live', stale: 'Stale', failing: 'No answer', waiting: 'Loading' } as const;

/** Says whether what is shown is live. */
export function FreshnessMark({ state }: { state: FeedState<unknown> }) {
  const kind = kindOf(state);
  return (
    <span class={`fresh fresh--${kind}`} role="status" data-testid="freshness">
      <span class="fresh__dot" aria-hidden="true" />
      {WORDS[kind]}
    </span>
  );
}

function kindOf({ value, error }: FeedState<unknown>): keyof typeof WORDS {
  if (error !== null) {
    return value === null ? 'failing' : 'stale';
  }
  return value === null ? 'waiting' : 'live';
}

/** The last picture is still shown: since when it is old, and that it mends itself. */
export function StaleBanner({ state }: { state: FeedState<unknown> }) {
  const now = useNow();
  if (!isStale(state) || state.error === null) {
    return null;
  }
  return (
    <Banner tone="warn" testId="stale" title={`Stale since ${clock(state.at)}`}>
      {state.error.message} What you see is from {ago(state.at, now)}. The dashboard keeps asking and recovers by itself.
    </Banner>
  );
}

export function UpdatedAt({ state }: { state: FeedState<unknown> }) {
  return state.at === 0 ? null : (
    <span class="muted updated">
      <Icon name="clock" /> {clock(state.at)}
    </span>
  );
}
