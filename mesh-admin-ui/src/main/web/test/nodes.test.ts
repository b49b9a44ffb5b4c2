import { expect, test } from 'vitest';
import type { RegistryNodes } from '../src/api/types';
import { adviceOf, seenWith, strangersOf, summaryOf } from '../src/nodes/nodes';

const node = (id: string, self = false) => ({ id, self, connected: true, instances: 3 });
const answer = (...ids: string[]): RegistryNodes => ({ self: ids[0] ?? '', connected: true, nodes: ids.map((id, i) => node(id, i === 0)) });

test('a node that went is named for a quarter of an hour', () => {
  const first = seenWith([], answer('a', 'b'), 1000);
  const later = seenWith(first, answer('a'), 61_000);

  expect(later.map(({ id, gone, lastSeen }) => [id, gone, lastSeen])).toEqual([['a', false, 61_000], ['b', true, 1000]]);
  expect(seenWith(later, answer('a'), 1000 + 15 * 60_000)).toHaveLength(1);
});

test('a node that is back is there again', () => {
  const gone = seenWith(seenWith([], answer('a', 'b'), 0), answer('a'), 1000);

  expect(seenWith(gone, answer('b', 'a'), 2000).map(({ id, self, gone: isGone }) => [id, self, isGone])).toEqual([['b', true, false], ['a', false, false]]);
});

test('says when nodes run different versions', () => {
  const mixed = { ...answer('a', 'b'), nodes: [{ ...node('a', true), version: '0.1.0' }, { ...node('b'), version: '0.2.0' }] };

  expect(summaryOf(mixed)).toContain('0.1.0 and 0.2.0');
  expect(summaryOf({ ...mixed, nodes: mixed.nodes.map((each) => ({ ...each, version: '0.2.0' })) })).not.toContain('0.2.0');
  expect(summaryOf({ ...mixed, nodes: [node('a', true), { ...node('b'), version: '0.2.0' }] })).not.toContain('0.2.0');
});

test('warns of participants that knew another registry', () => {
  expect(strangersOf(answer('a'))).toBeNull();
  expect(strangersOf({ ...answer('a'), strangers: [{ registry: 'x', participants: 2 }, { registry: 'y', participants: 1 }] })).toContain('3 participants came');
});

test('says in a sentence how the nodes are', () => {
  expect(summaryOf(answer('a'))).toBe('One node serves this mesh.');
  expect(summaryOf(answer('a', 'b', 'c'))).toContain('3 nodes');
  expect(summaryOf({ ...answer('a'), connected: false })).toContain('does not reach Redis');
  expect(adviceOf({ ...answer('a'), connected: false })).toContain('Look at Redis');
  expect(adviceOf(answer('a'))).toContain('several nodes');
  expect(adviceOf(answer('a', 'b'))).toContain('start it again');
});
