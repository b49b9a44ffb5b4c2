import { around, type Box, overlap, type Piece, type Point, pointAt } from './geometry';

/** The label of an edge. */
export const CHIP = { width: 96, height: 34 } as const;

/** Room for one sign of trouble below it, kept free whether it is there or not. */
const SIGN = 18;

const PLACES = [0.5, 0.42, 0.58, 0.34, 0.66, 0.27, 0.73, 0.2, 0.8];
const NUDGES = [0, -16, 16, -30, 30];
const MARGIN = 6;
/** What it costs, in covered area, to stand beside the line by one unit, or away from its middle. */
const BESIDE = 9;
const ASTRAY = 300;
/** A node must not be covered at all, another label rather not. */
const NODE = 4;

/** Puts every label on its line where it covers the least of what is there already. */
export function placeChips(routes: ReadonlyMap<string, readonly Piece[]>, nodes: readonly Box[]): Map<string, Point> {
  const taken: Box[] = [];
  const chips = new Map<string, Point>();
  for (const [id, pieces] of routes) {
    const chosen = cheapest(pieces, nodes, taken);
    taken.push(reserved(chosen));
    chips.set(id, chosen);
  }
  return chips;
}

function reserved(place: Point): Box {
  return around({ x: place.x, y: place.y + SIGN / 2 }, CHIP.width + MARGIN, CHIP.height + SIGN + MARGIN);
}

function cheapest(pieces: readonly Piece[], nodes: readonly Box[], taken: readonly Box[]): Point {
  let best = pointAt(pieces, 0.5);
  let least = Number.POSITIVE_INFINITY;
  for (const part of PLACES) {
    const on = pointAt(pieces, part);
    for (const nudge of NUDGES) {
      const place = { x: on.x, y: on.y + nudge };
      const cost = NODE * covered(around(place, CHIP.width + MARGIN, CHIP.height + MARGIN), nodes) + covered(reserved(place), taken) + BESIDE * Math.abs(nudge) + ASTRAY * Math.abs(part - 0.5);
      if (cost < least) {
        least = cost;
        best = place;
      }
    }
  }
  return best;
}

function covered(box: Box, taken: readonly Box[]): number {
  return taken.reduce((sum, other) => sum + overlap(box, other), 0);
}
