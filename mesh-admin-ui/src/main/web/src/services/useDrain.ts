import { useState } from 'preact/hooks';
import { ApiError } from '../api/problem';
import { registry } from '../api/registry';
import type { DrainTarget } from './drains';

export interface DrainAction {
  readonly busy: boolean;
  readonly error: string | null;
  readonly drain: (target: DrainTarget) => Promise<void>;
  readonly undo: (target: DrainTarget) => Promise<void>;
}

/** Drains and takes back, one call at a time, and shows the outcome at once. */
export function useDrain(service: string, refresh: () => Promise<void>): DrainAction {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const run = async (call: () => Promise<void>): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      await call();
      await refresh();
    } catch (failure) {
      setError(failure instanceof ApiError ? failure.message : 'The registry did not answer.');
    } finally {
      setBusy(false);
    }
  };
  return {
    busy,
    error,
    drain: (target) => run(() => registry.drain(service, target.scope, target.name)),
    undo: (target) => run(() => registry.undrain(service, target.scope, target.name)),
  };
}
