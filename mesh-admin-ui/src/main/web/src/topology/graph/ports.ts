import type { GraphEdge } from '../model';
import type { Axes } from './axes';
import type { Box, Point } from './geometry';

const SPACING = 15;
/** Lines end before the node, so that their arrow head has room. */
const HEAD = 8;
const MARGIN = 12;

/** Where each edge leaves its source and enters its destination: in the order of the other ends, so that they do not cross there. */
export function portsOf(edges: readonly GraphEdge[], nodes: ReadonlyMap<string, Box>, axes: Axes): Map<string, readonly [Point, Point]> {
  const leaving = sides(edges, (edge) => edge.from, (edge) => edge.to, nodes, axes);
  const entering = sides(edges, (edge) => edge.to, (edge) => edge.from, nodes, axes);
  const ports = new Map<string, readonly [Point, Point]>();
  for (const edge of edges) {
    const from = nodes.get(edge.from);
    const to = nodes.get(edge.to);
    if (from !== undefined && to !== undefined) {
      ports.set(edge.id, [endOf(from, leaving.get(edge.id) ?? 0, axes), startOf(edge, to, entering.get(edge.id) ?? 0, axes)]);
    }
  }
  return ports;
}

function endOf(box: Box, offset: number, axes: Axes): Point {
  return axes.point(axes.along(box) + axes.alongSize(box), axes.across(box) + axes.acrossSize(box) / 2 + offset);
}

/** Calls inside one service come back to the side that they left from. */
function startOf(edge: GraphEdge, box: Box, offset: number, axes: Axes): Point {
  const middle = axes.across(box) + axes.acrossSize(box) / 2;
  if (edge.source.service !== edge.destination.service) {
    return axes.point(axes.along(box) - HEAD, middle + offset);
  }
  return axes.point(axes.along(box) + axes.alongSize(box) + HEAD, middle + axes.acrossSize(box) / 3);
}

type EndOf = (edge: GraphEdge) => string;

function sides(edges: readonly GraphEdge[], here: EndOf, there: EndOf, nodes: ReadonlyMap<string, Box>, axes: Axes): Map<string, number> {
  const sides = new Map<string, GraphEdge[]>();
  for (const edge of edges) {
    sides.set(here(edge), [...(sides.get(here(edge)) ?? []), edge]);
  }
  const middle = (id: string): number => {
    const box = nodes.get(id);
    return box === undefined ? 0 : axes.across(box) + axes.acrossSize(box) / 2;
  };
  return new Map([...sides].flatMap(([id, side]) => {
    const box = nodes.get(id);
    const room = box === undefined ? 0 : axes.acrossSize(box) - 2 * MARGIN;
    const step = side.length < 2 ? 0 : Math.min(SPACING, room / (side.length - 1));
    const sorted = [...side].sort((a, b) => middle(there(a)) - middle(there(b)));
    return sorted.map((edge, i) => [edge.id, (i - (sorted.length - 1) / 2) * step] as const);
  }));
}
