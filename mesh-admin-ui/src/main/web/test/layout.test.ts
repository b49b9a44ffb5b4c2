import { describe, expect, it } from 'vitest';
import type { Topology } from '../src/api/types';
import { overlap } from '../src/topology/graph/geometry';
import { layoutOf, shapeOf } from '../src/topology/graph/layout';
import { neighbour } from '../src/topology/graph/neighbour';
import { crossings, orderLayers } from '../src/topology/graph/ordering';
import { ranksOf, withoutCycles } from '../src/topology/graph/ranks';
import { fit, reveal, revealFirst, zoom } from '../src/topology/graph/viewport';
import { type Graph, graphOf } from '../src/topology/model';

/** `a>b` is a call; a name is SERVICE or SERVICE@VERSION. */
const graph = (calls: string, idle = '', rate = 10): Graph => {
  const end = (text: string) => ({ service: text.split('@')[0] ?? '', version: text.split('@')[1] ?? 'v1' });
  const edges = calls.split(' ').filter(Boolean).map((call) => ({ source: end(call.split('>')[0] ?? ''), destination: end(call.split('>')[1] ?? ''), rate, errorRate: 0, p50: 1, p90: 1, p99: rate, retryRate: 0, breaker: 'closed' as const, ejected: 0 }));
  const names = new Set([...calls.split(/[ >]/), ...idle.split(' ')].filter(Boolean));
  return graphOf({ from: '', to: '', nodes: [...names].map((name) => ({ ...end(name), instances: 1, up: 1 })), edges } satisfies Topology);
};

const SHOP = 'gateway>storefront gateway>orders storefront>catalog storefront>orders catalog>inventory@v1 catalog>inventory@v2 orders>inventory@v1 orders>inventory@v2 orders>payments';

describe.each(['right', 'down'] as const)('a layout to the %s', (orientation) => {
  it('does not depend on numbers', () => {
    const quiet = layoutOf(graph(SHOP, 'reports', 1), orientation);
    const busy = layoutOf(graph(SHOP, 'reports', 9000), orientation);

    expect(busy).toEqual(quiet);
    expect(shapeOf(graph(SHOP, '', 1))).toBe(shapeOf(graph(SHOP, '', 9000)));
  });

  it('lets no node cover another', () => {
    const boxes = [...layoutOf(graph(SHOP, 'reports mail audit search@v1 search@v2'), orientation).nodes.values()];

    for (const [i, box] of boxes.entries()) {
      expect(boxes.slice(i + 1).filter((other) => overlap(box, other) > 0)).toEqual([]);
    }
  });

  it('lets every call between services run forward', () => {
    const { nodes } = layoutOf(graph(SHOP), orientation);
    const along = (id: string): number => (orientation === 'right' ? nodes.get(id)?.x : nodes.get(id)?.y) ?? Number.NaN;

    for (const { from, to } of graph(SHOP).edges) {
      expect(along(from)).toBeLessThan(along(to));
    }
  });

  it('keeps the versions of a service inside one frame', () => {
    const { frames, nodes } = layoutOf(graph(SHOP), orientation);
    const frame = frames.find(({ service }) => service === 'inventory')?.box;

    expect(frames).toHaveLength(1);
    for (const id of ['inventory@v1', 'inventory@v2']) {
      const box = nodes.get(id);
      expect(frame && box && overlap(frame, box)).toBe((box?.width ?? 0) * (box?.height ?? 0));
    }
  });

  it('draws circles, calls to oneself and calls between versions', () => {
    const { wires } = layoutOf(graph('a>b b>c c>a b>b d@v1>d@v2'), orientation);

    expect(wires.size).toBe(5);
    for (const { d } of wires.values()) {
      expect(d).toMatch(/^M-?[\d.]+,-?[\d.]+C/);
      expect(d).not.toContain('NaN');
    }
  });

  it('has room for nothing at all', () => {
    expect(layoutOf({ nodes: [], edges: [] }, orientation).bounds).toEqual({ x: 0, y: 0, width: 0, height: 0 });
  });

  it('reaches every node by arrow keys', () => {
    const shown = graph(SHOP, 'reports mail audit');
    const layout = layoutOf(shown, orientation);
    const reached = new Set(['gateway@v1']);
    for (const id of reached) {
      for (const key of ['ArrowRight', 'ArrowLeft', 'ArrowDown', 'ArrowUp']) {
        reached.add(neighbour(layout, shown, id, key) ?? id);
      }
    }

    expect([...reached].sort()).toEqual(shown.nodes.map(({ id }) => id).sort());
  });
});

describe('ranks', () => {
  it('counts the longest way from a source', () => {
    const links = [{ from: 'a', to: 'b' }, { from: 'b', to: 'c' }, { from: 'a', to: 'c' }];

    expect(Object.fromEntries(ranksOf(['a', 'b', 'c'], links))).toEqual({ a: 0, b: 1, c: 2 });
  });

  it('drops only the link that closes a circle', () => {
    const links = [{ from: 'a', to: 'b' }, { from: 'b', to: 'c' }, { from: 'c', to: 'b' }];

    expect(withoutCycles(['a', 'b', 'c'], links)).toEqual(links.slice(0, 2));
  });
});

it('untangles lines that cross', () => {
  const after = new Map([['a', ['y']], ['b', ['x']]]);
  const before = new Map([['y', ['a']], ['x', ['b']]]);

  expect(crossings([['a', 'b'], ['x', 'y']], after)).toBe(1);
  expect(crossings(orderLayers([['a', 'b'], ['x', 'y']], { before, after }), after)).toBe(0);
});

describe('viewport', () => {
  const window = { width: 800, height: 600 };

  it('fits the drawing into the window', () => {
    const { x, y, scale } = fit({ x: -100, y: -100, width: 2000, height: 400 }, window);

    expect(-100 * scale + x).toBeGreaterThanOrEqual(0);
    expect(1900 * scale + x).toBeLessThanOrEqual(800);
    expect(-100 * scale + y).toBeGreaterThanOrEqual(0);
  });

  it('zooms about the pointer', () => {
    const before = { x: 10, y: 20, scale: 1 };
    const after = zoom(before, 1.5, { x: 110, y: 120 });

    expect((110 - after.x) / after.scale).toBeCloseTo(100);
    expect((120 - after.y) / after.scale).toBeCloseTo(100);
  });

  it('moves only as far as needed to show a box', () => {
    const view = { x: 0, y: 0, scale: 1 };

    expect(reveal(view, { x: 100, y: 100, width: 50, height: 50 }, window)).toEqual(view);
    expect(reveal(view, { x: 790, y: 100, width: 50, height: 50 }, window).x).toBe(-64);
    expect(reveal(view, { x: -40, y: 100, width: 50, height: 50 }, window).x).toBe(64);
  });
});

it('shows the best of several boxes that has room', () => {
  const view = { x: 0, y: 0, scale: 1 };
  const window = { width: 400, height: 400 };
  const small = { x: 500, y: 10, width: 50, height: 50 };

  expect(revealFirst(view, [{ x: 300, y: 10, width: 300, height: 50 }, small], window).x).toBe(-224);
  expect(revealFirst(view, [{ x: 0, y: 0, width: 900, height: 50 }, small], window).x).toBe(-325);
  expect(revealFirst(view, [{ x: 0, y: 0, width: 900, height: 50 }, { x: 40, y: 40, width: 50, height: 50 }], window)).toEqual(view);
});
