import { describe, expect, it } from 'vitest';
import type { Topology, TopologyEdge } from '../src/api/types';
import { concerns } from '../src/topology/attention';
import { Memory } from '../src/topology/memory';
import { graphOf } from '../src/topology/model';

const edge = (source: string, destination: string, more: Partial<TopologyEdge> = {}): TopologyEdge => {
  const end = (text: string) => ({ service: text.split('@')[0] ?? '', ...(text.includes('@') ? { version: text.split('@')[1] ?? '' } : {}) });
  return { source: end(source), destination: end(destination), rate: 10, errorRate: 0, p50: 1, p90: 2, p99: 3, retryRate: 0, breaker: 'closed', ejected: 0, ...more };
};

const topology = (edges: TopologyEdge[]): Topology => ({
  from: '', to: '', edges,
  nodes: [{ service: 'b', version: 'v2', instances: 1, up: 1 }, { service: 'b', version: 'v10', instances: 1, up: 1 }, { service: 'a', version: 'v1', instances: 2, up: 1 }],
});

describe('graphOf', () => {
  it('sorts nodes by service and version, whatever the order of the answer', () => {
    expect(graphOf(topology([])).nodes.map(({ id }) => id)).toEqual(['a@v1', 'b@v2', 'b@v10']);
  });

  it('shows ends of calls that are no registered service', () => {
    const ids = graphOf(topology([edge('(outside)', 'a@v1'), edge('a@v1', 'gone@v1')])).nodes.map(({ id, outside }) => [id, outside]);

    expect(ids).toContainEqual(['(outside)', true]);
    expect(ids).toContainEqual(['gone@v1', false]);
  });

  it('weighs the errors of a node by the rates of its callers', () => {
    const node = graphOf(topology([edge('a@v1', 'b@v2', { rate: 90 }), edge('(outside)', 'b@v2', { rate: 10, errorRate: 5, p99: 80 })])).nodes.find(({ id }) => id === 'b@v2');

    expect([node?.rate, node?.errorShare, node?.p99]).toEqual([100, 0.05, 80]);
  });

  it.each([
    [{}, 'ok'],
    [{ errorRate: 0.1 }, 'warn'],
    [{ errorRate: 0.5 }, 'bad'],
    [{ ejected: 1 }, 'warn'],
    [{ laneLost: 2 }, 'warn'],
    [{ breaker: 'half-open' }, 'warn'],
    [{ breaker: 'open' }, 'bad'],
    [{ breaker: 'open', rate: 0 }, 'bad'],
    [{ rate: 0 }, 'idle'],
  ] as const)('judges a call with %j as %s', (more, health) => {
    expect(graphOf(topology([edge('a@v1', 'b@v2', more)])).edges[0]?.health).toBe(health);
  });

  it('warns of a service that is partly up and of one that is down', () => {
    const of = (up: number) => graphOf({ from: '', to: '', edges: [], nodes: [{ service: 'a', version: 'v1', instances: 2, up }] }).nodes[0]?.health;

    expect([of(2), of(1), of(0)]).toEqual(['idle', 'warn', 'bad']);
  });
});

it('lists what needs attention, the worst first', () => {
  const found = concerns(graphOf(topology([edge('a@v1', 'b@v10', { breaker: 'half-open', ejected: 2 }), edge('a@v1', 'b@v2', { breaker: 'open' })])));

  expect(found.map(({ where, text, tone }) => `${tone}: ${where}: ${text}`)).toEqual(['bad: a v1 → b v2: breaker open', 'warn: a v1: 1 of 2 instances not up', 'warn: a v1 → b v10: breaker half-open, 2 ejected']);
});

describe('Memory', () => {
  it('keeps an edge that has no calls now, as idle, so that nothing moves', () => {
    const memory = new Memory();
    memory.add(graphOf(topology([edge('a@v1', 'b@v2')])));

    const later = memory.add(graphOf(topology([])));

    expect(later.edges.map(({ id, health, rate }) => [id, health, rate])).toEqual([['a@v1->b@v2', 'idle', 0]]);
  });

  it('forgets an edge whose end is gone', () => {
    const memory = new Memory();
    memory.add(graphOf(topology([edge('a@v1', 'b@v2')])));

    expect(memory.add(graphOf({ ...topology([]), nodes: [] })).edges).toEqual([]);
  });

  it('remembers the last minute of rates', () => {
    const memory = new Memory();
    for (let rate = 1; rate <= 70; rate++) {
      memory.add(graphOf(topology([edge('a@v1', 'b@v2', { rate })])));
    }

    const { rate } = memory.traceOf('a@v1->b@v2');

    expect([rate.length, rate[0], rate.at(-1)]).toEqual([60, 11, 70]);
  });
});
