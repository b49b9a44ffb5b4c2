/** The neighbours of every member in the layers before and after its own. */
export interface Neighbours {
  readonly before: ReadonlyMap<string, readonly string[]>;
  readonly after: ReadonlyMap<string, readonly string[]>;
}

const ROUNDS = 16;

/** Orders each layer by the middle of its neighbours, forth and back, and keeps the order with the fewest crossings. */
export function orderLayers(start: readonly (readonly string[])[], { before, after }: Neighbours): string[][] {
  const layers = start.map((layer) => [...layer]);
  let best = layers.map((layer) => [...layer]);
  let fewest = crossings(layers, after);
  for (let round = 0; round < ROUNDS && fewest > 0; round++) {
    sweep(layers, round % 2 === 0 ? before : after, round % 2 === 0);
    const found = crossings(layers, after);
    if (found < fewest) {
      fewest = found;
      best = layers.map((layer) => [...layer]);
    }
  }
  return best;
}

export function crossings(layers: readonly (readonly string[])[], after: Neighbours['after']): number {
  let total = 0;
  for (const [i, layer] of layers.entries()) {
    const position = positions(layers[i + 1] ?? []);
    const ends = layer.map((id) => (after.get(id) ?? []).map((next) => position.get(next) ?? 0));
    for (const [a, upper] of ends.entries()) {
      for (const lower of ends.slice(a + 1)) {
        total += upper.reduce((sum, x) => sum + lower.filter((y) => x > y).length, 0);
      }
    }
  }
  return total;
}

function sweep(layers: string[][], neighbours: ReadonlyMap<string, readonly string[]>, forth: boolean): void {
  const indices = [...layers.keys()];
  for (const i of forth ? indices : indices.reverse()) {
    const fixed = positions(layers[forth ? i - 1 : i + 1] ?? []);
    const layer = layers[i] ?? [];
    const middle = new Map(layer.map((id, at) => [id, middleOf(neighbours.get(id) ?? [], fixed) ?? at]));
    layer.sort((a, b) => (middle.get(a) ?? 0) - (middle.get(b) ?? 0));
  }
}

function middleOf(ids: readonly string[], position: ReadonlyMap<string, number>): number | null {
  return ids.length === 0 ? null : ids.reduce((sum, id) => sum + (position.get(id) ?? 0), 0) / ids.length;
}

function positions(layer: readonly string[]): Map<string, number> {
  return new Map(layer.map((id, at) => [id, at]));
}
