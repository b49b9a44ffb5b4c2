import type { Graph } from '../model';
import { type Axes, axesOf, type Orientation } from './axes';
import { type Block, blocksOf, placeBlock } from './blocks';
import { placeChips, CHIP } from './chips';
import { around, type Box, pathOf, type Piece, type Point, pointAt, union } from './geometry';
import { flow } from './grid';
import { layer, type Layers } from './layered';
import { linksOf, routesOf } from './wires';

export interface Wire {
  readonly d: string;
  readonly chip: Point;
}

export interface Frame {
  readonly service: string;
  readonly box: Box;
}

/** Where everything is drawn. */
export interface Layout {
  readonly orientation: Orientation;
  readonly nodes: ReadonlyMap<string, Box>;
  readonly rank: ReadonlyMap<string, number>;
  readonly frames: readonly Frame[];
  readonly wires: ReadonlyMap<string, Wire>;
  readonly bounds: Box;
}

const GAP = { right: { along: 142, across: 92, bend: 40 }, down: { along: 104, across: 28, bend: 84 } } as const;
/** From this many services on a graph is drawn closer, so that it still fits a screen. */
const MANY = 14;
const CLOSE = 44;

/** The part of a graph that decides where things go: names, never numbers. */
export function shapeOf({ nodes, edges }: Graph): string {
  return `${nodes.map((node) => node.id).join()}|${edges.map((edge) => edge.id).join()}`;
}

/** Depends on the shape of the graph only, so that live numbers never move a node. */
export function layoutOf(graph: Graph, orientation: Orientation): Layout {
  const axes = axesOf(orientation);
  const blocks = blocksOf(graph.nodes, orientation === 'right');
  const links = linksOf(graph);
  const connected = new Set(links.flatMap(({ from, to }) => [from, to]));
  const flowing = blocks.filter(({ service }) => connected.has(service));
  const layers = layer({ ids: flowing.map(({ service }) => service), sizeOf: sizes(flowing, axes), bendSize: GAP[orientation].bend, gap: flowing.length < MANY ? GAP[orientation].across : Math.min(CLOSE, GAP[orientation].across) }, links);
  const tracks = tracksOf(flowing, layers, axes);
  const corners = new Map(flowing.map((block) => [block.service, cornerOf(block, layers, tracks, axes)]));
  flow(blocks.filter(({ service }) => !connected.has(service)), boxesOf(flowing, corners)).forEach((corner, service) => corners.set(service, corner));
  return assemble(graph, blocks, corners, { layers, tracks, axes });
}

interface Skeleton {
  readonly layers: Layers;
  readonly tracks: readonly Track[];
  readonly axes: Axes;
}

/** The room that one layer takes along the calls. */
export interface Track {
  readonly start: number;
  readonly size: number;
}

function assemble(graph: Graph, blocks: readonly Block[], corners: ReadonlyMap<string, Point>, skeleton: Skeleton): Layout {
  const placed = blocks.map((block) => ({ service: block.service, ...placeBlock(block, corners.get(block.service) ?? { x: 0, y: 0 }) }));
  const nodes = new Map(placed.flatMap((block) => block.nodes));
  const frames = placed.flatMap(({ service, frame }) => (frame === null ? [] : [{ service, box: frame }]));
  const routes = routesOf(graph, nodes, skeleton);
  const chips = placeChips(routes, [...nodes.values()]);
  const wires = new Map([...routes].map(([id, pieces]) => [id, wireOf(pieces, chips.get(id))]));
  const rank = new Map(graph.nodes.map(({ id, service }) => [id, skeleton.layers.rank.get(service) ?? 0]));
  const drawn = [...nodes.values(), ...frames.map(({ box }) => box), ...[...chips.values()].map((chip) => around(chip, CHIP.width, CHIP.height))];
  return { orientation: skeleton.axes.orientation, nodes, rank, frames, wires, bounds: union(drawn) };
}

function wireOf(pieces: readonly Piece[], chip: Point | undefined): Wire {
  return { d: pathOf(pieces), chip: chip ?? pointAt(pieces, 0.5) };
}

function sizes(blocks: readonly Block[], axes: Axes): (service: string) => number {
  const known = new Map(blocks.map((block) => [block.service, axes.acrossSize({ x: 0, y: 0, ...block })]));
  return (service) => known.get(service) ?? 0;
}

function tracksOf(blocks: readonly Block[], { rank }: Layers, axes: Axes): Track[] {
  const deepest = blocks.length === 0 ? -1 : Math.max(...blocks.map(({ service }) => rank.get(service) ?? 0));
  let start = 0;
  return Array.from({ length: deepest + 1 }, (_, r) => {
    const size = Math.max(0, ...blocks.filter(({ service }) => rank.get(service) === r).map((block) => axes.alongSize({ x: 0, y: 0, ...block })));
    const track = { start, size };
    start += size + GAP[axes.orientation].along;
    return track;
  });
}

function cornerOf(block: Block, { rank, across }: Layers, tracks: readonly Track[], axes: Axes): Point {
  const track = tracks[rank.get(block.service) ?? 0] ?? { start: 0, size: 0 };
  const box = { x: 0, y: 0, width: block.width, height: block.height };
  return axes.point(track.start + (track.size - axes.alongSize(box)) / 2, (across.get(block.service) ?? 0) - axes.acrossSize(box) / 2);
}

function boxesOf(blocks: readonly Block[], corners: ReadonlyMap<string, Point>): Box[] {
  return blocks.map(({ service, width, height }) => ({ ...(corners.get(service) ?? { x: 0, y: 0 }), width, height }));
}
