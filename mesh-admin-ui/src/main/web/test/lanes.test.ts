import { describe, expect, it } from 'vitest';
import type { Instance } from '../src/api/types';
import type { RouteDocument } from '../src/routes/document';
import { laneAt, lanesOf, moved, newRoute, rebased, withLanes } from '../src/routes/lanes';

const instances = ['v1', 'v1', 'v1', 'v2'].map((version, i): Instance => ({ id: `i${i}`, host: 'h', port: 1, version, status: 'UP' }));

const route: RouteDocument = {
  apiVersion: 'meshup.io/v1',
  kind: 'Route',
  metadata: { name: 'inventory', revision: 7 },
  spec: {
    service: 'inventory',
    hint: 'kept',
    rules: [
      { name: 'testers', matches: [{ method: 'GET' }], backendRefs: [{ version: 'v2' }] },
      { backendRefs: [{ version: 'v1', weight: 4, note: 'kept' } as object, { version: 'v2' }], timeouts: { request: '2s' } } as object,
    ],
  },
};

describe('lanesOf', () => {
  it('shows weights as percentages, with 1 where a reference names none', () => {
    expect(lanesOf(route.spec.rules[1] ?? null, 'inventory', instances).map(({ label, weight }) => [label, weight])).toEqual([['v1', 80], ['v2', 20]]);
  });

  it('adds versions that run but are not named, without weight', () => {
    expect(lanesOf(route.spec.rules[0] ?? null, 'inventory', instances).map(({ label, ref, weight }) => [label, ref, weight])).toEqual([['v2', 0, 100], ['v1', null, 0]]);
  });

  it('starts from the share of instances where no rule says otherwise', () => {
    expect(lanesOf(null, 'inventory', instances).map(({ label, weight }) => [label, weight])).toEqual([['v1', 75], ['v2', 25]]);
  });

  it('names another service and keeps it apart from the own versions', () => {
    const lanes = lanesOf({ backendRefs: [{ service: 'archive', version: 'v1', weight: 100 }] }, 'inventory', instances);

    expect(lanes.map(({ label, version }) => [label, version])).toEqual([['archive v1', null], ['v1', 'v1'], ['v2', 'v2']]);
  });
});

describe('moved', () => {
  it('lets the other of two give way', () => {
    expect(moved(lanesOf(null, 'inventory', instances), 1, 60).map(({ weight }) => weight)).toEqual([40, 60]);
  });

  it('leaves the others of many alone', () => {
    const three = [...lanesOf(null, 'inventory', instances), { label: 'v3', version: 'v3', ref: null, weight: 0 }];

    expect(moved(three, 2, 50).map(({ weight }) => weight)).toEqual([75, 25, 50]);
  });
});

describe('withLanes', () => {
  it('changes the weights of one rule and nothing else', () => {
    const changed = withLanes(route, 1, moved(lanesOf(route.spec.rules[1] ?? null, 'inventory', instances), 1, 50));

    expect(changed.spec.rules[0]).toBe(route.spec.rules[0]);
    expect(changed.spec['hint']).toBe('kept');
    expect(changed.spec.rules[1]).toEqual({ backendRefs: [{ version: 'v1', weight: 50, note: 'kept' }, { version: 'v2', weight: 50 }], timeouts: { request: '2s' } });
  });

  it('adds a version only when it gets weight', () => {
    const lanes = lanesOf(route.spec.rules[0] ?? null, 'inventory', instances);

    expect(withLanes(route, 0, lanes).spec.rules[0]?.backendRefs).toHaveLength(1);
    expect(withLanes(route, 0, moved(lanes, 1, 10)).spec.rules[0]?.backendRefs).toEqual([{ version: 'v2', weight: 90 }, { version: 'v1', weight: 10 }]);
  });

  it('makes a whole route where there is none', () => {
    expect(newRoute('inventory', lanesOf(null, 'inventory', instances))).toEqual({
      apiVersion: 'meshup.io/v1',
      kind: 'Route',
      metadata: { name: 'inventory' },
      spec: { service: 'inventory', rules: [{ backendRefs: [{ version: 'v1', weight: 75 }, { version: 'v2', weight: 25 }] }] },
    });
  });
});

describe('laneAt', () => {
  const lanes = lanesOf(route.spec.rules[1] ?? null, 'inventory', instances);

  it('finds the slider that a pointer speaks of', () => {
    expect(laneAt('/spec/rules/1/backendRefs/1/weight', 1, lanes)).toBe(1);
    expect(laneAt('/spec/rules/1/backendRefs/0', 1, lanes)).toBe(0);
  });

  it('finds none for another rule or another field', () => {
    expect([laneAt('/spec/rules/0/backendRefs/1', 1, lanes), laneAt('/spec/rules/1/timeouts', 1, lanes), laneAt('', 1, lanes), laneAt('/spec/rules/1/backendRefs/9', 1, lanes)]).toEqual([null, null, null, null]);
  });
});

it('keeps drafted weights on a route that was read again', () => {
  const draft = moved(lanesOf(route.spec.rules[1] ?? null, 'inventory', instances), 1, 60);
  const fresh = lanesOf({ backendRefs: [{ version: 'v2' }, { version: 'v3' }, { version: 'v1' }] }, 'inventory', instances);

  expect(rebased(draft, fresh).map(({ label, ref, weight }) => [label, ref, weight])).toEqual([['v2', 0, 60], ['v3', 1, 0], ['v1', 2, 40]]);
});
