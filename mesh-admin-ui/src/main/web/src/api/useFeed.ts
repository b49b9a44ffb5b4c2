import { useEffect, useMemo } from 'preact/hooks';
import { type Feed, feed, type FeedState } from './feed';

export interface UsedFeed<T> {
  readonly state: FeedState<T>;
  readonly refresh: Feed<T>['refresh'];
}

/** Runs a feed as long as the component is shown, and starts a new one when a key changes. */
export function useFeed<T>(load: () => Promise<T>, everyMs: number, keys: readonly unknown[], onValue?: (value: T) => void): UsedFeed<T> {
  const source = useMemo(() => feed({ load, everyMs, ...(onValue ? { onValue } : {}) }), keys);
  useEffect(() => {
    source.start();
    return source.stop;
  }, [source]);
  return { state: source.state.value, refresh: source.refresh };
}
