import { describe, expect, it } from 'vitest';
import type { Drain, Instance, ServiceDetail } from '../src/api/types';
import { absentOf, authorOf, leftAfter, progressOf, versionsOf } from '../src/services/drains';

const drain: Drain = { scope: 'instance', since: '2026-11-22T08:00:00Z', by: 'alice', revision: 7, callers: 5, confirmed: 2, awaiting: ['a/1', 'b/2', 'c/3'], done: false };

function instance(id: string, version: string, status: Instance['status'] = 'UP'): Instance {
  return { id, host: '127.0.0.1', port: 1, version, status };
}

describe('drains', () => {
  it('says how many callers confirmed', () => {
    expect(progressOf(drain)).toBe('2 of 5 callers confirmed');
    expect(progressOf({ ...drain, confirmed: 5, awaiting: [], done: true })).toBe('All 5 callers confirmed');
    expect(progressOf({ ...drain, callers: 0, confirmed: 0, awaiting: [], done: true })).toBe('Nobody calls it');
  });

  it('says who wanted it', () => {
    expect(authorOf(drain)).toBe('Drained by alice');
    expect(authorOf({ ...drain, scope: 'version' })).toBe('Drained by alice with its whole version (undo it there)');
    expect(authorOf({ ...drain, scope: 'self', by: '' })).toBe('It is leaving by itself');
  });

  it('lists what is drained but not there', () => {
    const intents = [{ scope: 'version', name: 'v3' }, { scope: 'instance', name: 'gone' }, { scope: 'instance', name: 'i1' }] as const;
    const service: ServiceDetail = { name: 's', revision: 1, instances: [instance('i1', 'v1'), instance('i2', 'v1')], watchers: [], rules: [], drains: intents.map((intent) => ({ ...intent, since: '', by: 'bob', revision: 1 })) };
    expect(absentOf(service)).toEqual(['gone']);
    expect(versionsOf(service)).toEqual([{ version: 'v1', instances: 2, by: null }, { version: 'v3', instances: 0, by: 'bob' }]);
  });

  it('counts who would be left', () => {
    const all = [instance('i1', 'v1'), instance('i2', 'v2'), instance('i3', 'v2', 'DOWN')];
    expect(leftAfter(all, { scope: 'instance', name: 'i1' })).toBe(1);
    expect(leftAfter(all, { scope: 'version', name: 'v2' })).toBe(1);
  });
});
