import type { ComponentChildren } from 'preact';
import type { FeedState } from '../api/feed';
import { Empty } from './Empty';
import { StaleBanner } from './Freshness';
import { Skeleton } from './Skeleton';

interface Props<T> {
  readonly state: FeedState<T>;
  readonly what: string;
  readonly children: (value: T) => ComponentChildren;
}

/** Shows a feed in each of its states: loading, failing, stale and live. */
export function FeedView<T>({ state, what, children }: Props<T>) {
  if (state.value !== null) {
    return (
      <>
        <StaleBanner state={state} />
        {children(state.value)}
      </>
    );
  }
  if (state.error === null) {
    return <Skeleton what={what} />;
  }
  return (
    <Empty title={`The ${what} cannot be shown`} icon="bad" testId="failing">
      <p>{state.error.message} The dashboard keeps asking and shows it as soon as there is an answer.</p>
    </Empty>
  );
}
