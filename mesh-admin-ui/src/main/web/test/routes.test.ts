import { describe, expect, it } from 'vitest';
import type { RuleDocument, Topology, TopologyEdge } from '../src/api/types';
import { defaultRule, describeRule, isRoute, routeOf } from '../src/routes/document';
import { overviewOf } from '../src/routes/overview';
import { observedOf, rolloutOf } from '../src/routes/rollout';
import { changesInWords } from '../src/routes/words';

const policy: RuleDocument = { apiVersion: 'meshup.io/v1', kind: 'TrafficPolicy', metadata: { name: 'inventory' }, spec: { service: 'inventory' } };
const route: RuleDocument = { apiVersion: 'meshup.io/v1', kind: 'Route', metadata: { name: 'any-name' }, spec: { service: 'inventory', rules: [{ matches: [{}], backendRefs: [{ version: 'v2' }] }, { backendRefs: [{ version: 'v1', weight: 3 }, { version: 'v2', weight: 1 }] }] } };

describe('document', () => {
  it('finds the route of a service by what it is for, not by its name', () => {
    expect(routeOf([policy, route], 'inventory')).toBe(route);
    expect(routeOf([policy, route], 'orders')).toBeNull();
  });

  it('takes the last rule as the default and tells which rules have conditions', () => {
    if (!isRoute(route)) {
      throw new Error('not a route');
    }
    expect(defaultRule(route)).toBe(1);
    expect(route.spec.rules.map(describeRule)).toEqual(['rule 1: requests that match', 'rule 2: every other request']);
  });
});

describe('overview', () => {
  it('shows what can be split first and keeps routes of services that do not run', () => {
    const rows = overviewOf([{ name: 'alone', versions: { v1: { instances: 1, up: 1 } }, revision: 1 }, { name: 'two', versions: { v1: { instances: 1, up: 1 }, v2: { instances: 1, up: 1 } }, revision: 1 }], [route, policy]);

    expect(rows.map(({ service }) => service)).toEqual(['inventory', 'two', 'alone']);
    expect(rows[0]?.shares).toEqual([{ label: 'v1', share: 0.75 }, { label: 'v2', share: 0.25 }]);
  });
});

describe('rollout', () => {
  it('counts a caller that has applied this revision or a newer one', () => {
    const watchers = [{ service: 'a', id: '1', applied: 41 }, { service: 'a', id: '2', applied: 60 }, { service: 'b', id: '3', applied: 40 }, { service: 'c', id: '4' }];

    const { current, total, waiting } = rolloutOf(watchers, 41);

    expect([current, total, waiting.map(({ id }) => id)]).toEqual([2, 4, ['3', '4']]);
  });

  it('adds up what all callers send to each version', () => {
    const edge = (source: string, service: string, version: string, rate: number) => ({ source: { service: source, version: 'v1' }, destination: { service, version }, rate }) as TopologyEdge;
    const topology = { edges: [edge('a', 's', 'v1', 6), edge('b', 's', 'v1', 2), edge('a', 's', 'v2', 2), edge('a', 'other', 'v2', 9)] } as unknown as Topology;

    const { rates, total } = observedOf(topology, 's');

    expect([Object.fromEntries(rates), total]).toEqual([{ v1: 8, v2: 2 }, 10]);
  });
});

it('says in words who gets more, less, nothing and the first calls', () => {
  const before = [{ label: 'v1', share: 0.8 }, { label: 'v2', share: 0.2 }, { label: 'v4', share: 0 }];
  const after = [{ label: 'v1', share: 0.5 }, { label: 'v2', share: 0 }, { label: 'v3', share: 0.5 }, { label: 'v4', share: 0 }];

  expect(changesInWords(before, after)).toEqual(['v1 gets fewer calls: 80% becomes 50%, 30 of 100 calls fewer.', 'v2 gets no calls any more (20% now).', 'v3 starts to get calls: 50%.']);
});
