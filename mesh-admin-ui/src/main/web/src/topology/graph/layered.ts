import { type Neighbours, orderLayers } from './ordering';
import { type Link, ranksOf, withoutCycles } from './ranks';
import { spread } from './spreading';

export interface Layers {
  readonly rank: ReadonlyMap<string, number>;
  /** The place of every block, and of every bend of a long link, across its layer. */
  readonly across: ReadonlyMap<string, number>;
  /** The bends of a link that passes over layers, by `from to`. */
  readonly bends: ReadonlyMap<string, readonly string[]>;
}

export interface Blocks {
  readonly ids: readonly string[];
  readonly sizeOf: (id: string) => number;
  readonly bendSize: number;
  readonly gap: number;
}

/** A layered (Sugiyama) layout in its own units: layers along the calls, places across them. */
export function layer(blocks: Blocks, links: readonly Link[]): Layers {
  const forward = withoutCycles(blocks.ids, links);
  const rank = ranksOf(blocks.ids, forward);
  const layers: string[][] = Array.from({ length: Math.max(-1, ...rank.values()) + 1 }, () => []);
  for (const id of blocks.ids) {
    layers[rank.get(id) ?? 0]?.push(id);
  }
  const { bends, neighbours } = chain(forward, rank, layers);
  const bending = new Set([...bends.values()].flat());
  const ordered = orderLayers(layers, neighbours);
  const across = spread(ordered, neighbours, (id) => (bending.has(id) ? blocks.bendSize : blocks.sizeOf(id)) + blocks.gap);
  return { rank, across, bends };
}

export function linkKey({ from, to }: Link): string {
  return `${from} ${to}`;
}

/** Puts one invisible member into each layer that a link passes. */
function chain(forward: readonly Link[], rank: ReadonlyMap<string, number>, layers: string[][]) {
  const bends = new Map<string, string[]>();
  const before = new Map<string, string[]>();
  const after = new Map<string, string[]>();
  for (const link of forward) {
    const passed: string[] = [];
    for (let r = (rank.get(link.from) ?? 0) + 1; r < (rank.get(link.to) ?? 0); r++) {
      const bend = `${linkKey(link)} ${r}`;
      layers[r]?.push(bend);
      passed.push(bend);
    }
    bends.set(linkKey(link), passed);
    connect([link.from, ...passed, link.to], before, after);
  }
  return { bends, neighbours: { before, after } satisfies Neighbours };
}

function connect(members: readonly string[], before: Map<string, string[]>, after: Map<string, string[]>): void {
  members.slice(1).forEach((to, i) => {
    const from = members[i] ?? to;
    after.set(from, [...(after.get(from) ?? []), to]);
    before.set(to, [...(before.get(to) ?? []), from]);
  });
}
