import { type ReadonlySignal, signal } from '@preact/signals';
import { ApiError, unreachable } from './problem';

export interface FeedState<T> {
  /** The last good answer; it is kept while the registry cannot be reached. */
  readonly value: T | null;
  /** When the last good answer came, in ms; 0 before the first. */
  readonly at: number;
  /** Why the latest call failed; null when it did not. */
  readonly error: ApiError | null;
}

/** A value of the registry that is asked for again and again while a visible page uses it. */
export interface Feed<T> {
  readonly state: ReadonlySignal<FeedState<T>>;
  start(): void;
  stop(): void;
  refresh(): Promise<void>;
}

export interface FeedOptions<T> {
  readonly load: () => Promise<T>;
  readonly everyMs: number;
  readonly onValue?: (value: T) => void;
}

export function feed<T>({ load, everyMs, onValue }: FeedOptions<T>): Feed<T> {
  const state = signal<FeedState<T>>({ value: null, at: 0, error: null });
  let timer: ReturnType<typeof setTimeout> | undefined;
  let round = 0;
  let running = false;

  const ask = async (): Promise<void> => {
    const mine = ++round;
    clearTimeout(timer);
    try {
      const value = await load();
      if (mine === round && running) {
        state.value = { value, at: Date.now(), error: null };
        onValue?.(value);
      }
    } catch (cause) {
      if (mine === round && running) {
        state.value = { ...state.value, error: cause instanceof ApiError ? cause : unreachable() };
      }
    }
    if (mine === round && running && !document.hidden) {
      timer = setTimeout(() => void ask(), everyMs);
    }
  };

  const onVisibility = (): void => {
    clearTimeout(timer);
    if (!document.hidden) {
      void ask();
    }
  };

  return {
    state,
    start: () => {
      running = true;
      document.addEventListener('visibilitychange', onVisibility);
      void ask();
    },
    stop: () => {
      running = false;
      round++;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', onVisibility);
    },
    refresh: ask,
  };
}
