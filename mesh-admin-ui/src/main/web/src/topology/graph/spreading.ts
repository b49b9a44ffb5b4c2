import type { Neighbours } from './ordering';

const ROUNDS = 24;

/** Gives every member a place across its layer: close to its neighbours, never upon another. */
export function spread(layers: readonly (readonly string[])[], { before, after }: Neighbours, sizeOf: (id: string) => number): Map<string, number> {
  const at = new Map<string, number>();
  for (const layer of layers) {
    stack(layer, sizeOf, at);
  }
  for (let round = 0; round < ROUNDS; round++) {
    for (const layer of round % 2 === 0 ? layers : [...layers].reverse()) {
      const wishes = layer.map((id) => wishOf(id, [...(before.get(id) ?? []), ...(after.get(id) ?? [])], at));
      settle(layer, wishes, sizeOf, at);
    }
  }
  return at;
}

/** The first guess: one below the other, around zero. */
function stack(layer: readonly string[], sizeOf: (id: string) => number, at: Map<string, number>): void {
  let edge = -layer.reduce((sum, id) => sum + sizeOf(id), 0) / 2;
  for (const id of layer) {
    at.set(id, edge + sizeOf(id) / 2);
    edge += sizeOf(id);
  }
}

function wishOf(id: string, neighbours: readonly string[], at: ReadonlyMap<string, number>): number {
  if (neighbours.length === 0) {
    return at.get(id) ?? 0;
  }
  return neighbours.reduce((sum, other) => sum + (at.get(other) ?? 0), 0) / neighbours.length;
}

/** Moves all members as near to their wishes as their order and sizes allow (pool adjacent violators). */
function settle(layer: readonly string[], wishes: readonly number[], sizeOf: (id: string) => number, at: Map<string, number>): void {
  const offsets = offsetsOf(layer.map(sizeOf));
  const pools: { total: number; members: number }[] = [];
  for (const [i, wish] of wishes.entries()) {
    let pool = { total: wish - (offsets[i] ?? 0), members: 1 };
    for (let last = pools.at(-1); last !== undefined && last.total / last.members > pool.total / pool.members; last = pools.at(-1)) {
      pools.pop();
      pool = { total: pool.total + last.total, members: pool.members + last.members };
    }
    pools.push(pool);
  }
  const bases = pools.flatMap(({ total, members }) => new Array<number>(members).fill(total / members));
  layer.forEach((id, i) => at.set(id, (bases[i] ?? 0) + (offsets[i] ?? 0)));
}

/** The distance of every member from the first, were they packed closely. */
function offsetsOf(sizes: readonly number[]): number[] {
  let sum = 0;
  return sizes.map((size, i) => {
    sum += i === 0 ? 0 : ((sizes[i - 1] ?? 0) + size) / 2;
    return sum;
  });
}
