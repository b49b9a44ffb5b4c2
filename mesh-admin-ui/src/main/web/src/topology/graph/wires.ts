import type { Graph, GraphEdge } from '../model';
import type { Axes } from './axes';
import type { Box, Piece, Point } from './geometry';
import { type Layers, linkKey } from './layered';
import type { Track } from './layout';
import { portsOf } from './ports';
import type { Link } from './ranks';

const PARALLEL = 30;
const LOOP = 54;

interface Ground {
  readonly layers: Layers;
  readonly tracks: readonly Track[];
  readonly axes: Axes;
}

/** Which service calls which, each pair once. */
export function linksOf(graph: Graph): Link[] {
  const links = new Map<string, Link>();
  for (const edge of graph.edges) {
    const link = linkOf(edge);
    if (link.from !== link.to) {
      links.set(linkKey(link), link);
    }
  }
  return [...links.values()];
}

/** The line of every edge, as curves from the end of its source to the start of its destination. */
export function routesOf(graph: Graph, nodes: ReadonlyMap<string, Box>, ground: Ground): Map<string, Piece[]> {
  const ports = portsOf(graph.edges, nodes, ground.axes);
  const beside = sideBySide(graph.edges);
  const routes = new Map<string, Piece[]>();
  for (const edge of graph.edges) {
    const port = ports.get(edge.id);
    if (port !== undefined) {
      routes.set(edge.id, routeOf(edge, port, beside.get(edge.id) ?? 0, ground));
    }
  }
  return routes;
}

function routeOf(edge: GraphEdge, [from, to]: readonly [Point, Point], offset: number, ground: Ground): Piece[] {
  const { axes, layers } = ground;
  const link = linkOf(edge);
  if (link.from === link.to) {
    const out = Math.max(axes.along(from), axes.along(to)) + LOOP;
    return [[from, axes.point(out, axes.across(from)), axes.point(out, axes.across(to)), to]];
  }
  const stops = (layers.bends.get(linkKey(link)) ?? []).flatMap((bend) => passing(bend, offset, ground));
  const points = [from, ...stops, to];
  return points.slice(1).map((point, i) => curve(points[i] ?? from, point, axes));
}

/** A long line passes a layer straight, in a lane of its own. */
function passing(bend: string, offset: number, { layers, tracks, axes }: Ground): Point[] {
  const track = tracks[Number(bend.split(' ').at(-1))] ?? { start: 0, size: 0 };
  const across = (layers.across.get(bend) ?? 0) + offset;
  return [axes.point(track.start, across), axes.point(track.start + track.size, across)];
}

function curve(from: Point, to: Point, axes: Axes): Piece {
  const distance = axes.along(to) - axes.along(from);
  const reach = distance > 0 ? distance / 2 : LOOP + Math.abs(distance) / 4;
  return [from, axes.point(axes.along(from) + reach, axes.across(from)), axes.point(axes.along(to) - reach, axes.across(to)), to];
}

/** Lines of the same two services run beside each other. */
function sideBySide(edges: readonly GraphEdge[]): Map<string, number> {
  const bundles = new Map<string, string[]>();
  for (const edge of edges) {
    const key = linkKey(linkOf(edge));
    bundles.set(key, [...(bundles.get(key) ?? []), edge.id]);
  }
  return new Map([...bundles.values()].flatMap((ids) => ids.map((id, i) => [id, (i - (ids.length - 1) / 2) * PARALLEL] as const)));
}

function linkOf(edge: GraphEdge): Link {
  return { from: edge.source.service, to: edge.destination.service };
}
