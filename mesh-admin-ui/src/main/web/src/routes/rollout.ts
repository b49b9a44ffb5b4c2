import type { Topology, Watcher } from '../api/types';

export interface Rollout {
  readonly current: number;
  readonly total: number;
  readonly waiting: readonly Watcher[];
}

/** How many of those who follow a service work with a revision. */
export function rolloutOf(watchers: readonly Watcher[], revision: number): Rollout {
  const waiting = watchers.filter(({ applied }) => (applied ?? 0) < revision);
  return { current: watchers.length - waiting.length, total: watchers.length, waiting };
}

export interface Observed {
  /** Calls per second to each version, as the callers counted them. */
  readonly rates: ReadonlyMap<string, number>;
  readonly total: number;
}

export function observedOf(topology: Topology, service: string): Observed {
  const rates = new Map<string, number>();
  for (const { destination, rate } of topology.edges) {
    if (destination.service === service && destination.version) {
      rates.set(destination.version, (rates.get(destination.version) ?? 0) + rate);
    }
  }
  return { rates, total: [...rates.values()].reduce((sum, rate) => sum + rate, 0) };
}
