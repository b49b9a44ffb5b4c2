import type { Drain, Instance, ServiceDetail } from '../api/types';
import { plural } from '../ui/format';

/** What an operator can drain and take back. */
export interface DrainTarget {
  readonly scope: 'instance' | 'version';
  readonly name: string;
}

/** How far a drain has come, in words. */
export function progressOf({ callers, confirmed, done }: Drain): string {
  if (callers === 0) {
    return 'Nobody calls it';
  }
  return done ? `All ${plural(callers, 'caller')} confirmed` : `${confirmed} of ${plural(callers, 'caller')} confirmed`;
}

/** Who began a drain, in words. */
export function authorOf({ scope, by }: Drain): string {
  return scope === 'self' ? 'It is leaving by itself' : `Drained by ${by}${scope === 'version' ? ' with its whole version (undo it there)' : ''}`;
}

/** The versions that run or are to be drained, and by whom if they are. */
export function versionsOf({ instances, drains = [] }: ServiceDetail): readonly { readonly version: string; readonly instances: number; readonly by: string | null }[] {
  const wanted = drains.filter(({ scope }) => scope === 'version');
  const names = new Set([...instances.map(({ version }) => version), ...wanted.map(({ name }) => name)]);
  return [...names].sort().map((version) => ({
    version,
    instances: instances.filter((instance) => instance.version === version).length,
    by: wanted.find(({ name }) => name === version)?.by ?? null,
  }));
}

/** Instances that are to be drained as soon as they are there again. */
export function absentOf({ instances, drains = [] }: ServiceDetail): readonly string[] {
  const present = new Set(instances.map(({ id }) => id));
  return drains.filter(({ scope, name }) => scope === 'instance' && !present.has(name)).map(({ name }) => name);
}

/** How many would be left to take calls. */
export function leftAfter(instances: readonly Instance[], { scope, name }: DrainTarget): number {
  return instances.filter((instance) => instance.status === 'UP' && name !== (scope === 'instance' ? instance.id : instance.version)).length;
}
