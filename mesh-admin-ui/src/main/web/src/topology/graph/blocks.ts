import { type GraphNode, OUTSIDE } from '../model';
import type { Box, Point } from './geometry';

export const NODE = { width: 176, height: 60 } as const;
const OUTSIDE_NODE = { width: 104, height: 48 } as const;
const PADDING = 10;
const HEAD = 26;
const BETWEEN = 28;

/** A service with all its versions: laid out as one, so that versions stay together. */
export interface Block {
  readonly service: string;
  readonly nodes: readonly GraphNode[];
  readonly width: number;
  readonly height: number;
  readonly framed: boolean;
}

export interface PlacedBlock {
  readonly frame: Box | null;
  readonly nodes: readonly (readonly [id: string, box: Box])[];
}

export function blocksOf(nodes: readonly GraphNode[], stacked: boolean): Block[] {
  const services = new Map<string, GraphNode[]>();
  for (const node of nodes) {
    services.set(node.service, [...(services.get(node.service) ?? []), node]);
  }
  return [...services].map(([service, versions]) => blockOf(service, versions, stacked));
}

export function placeBlock({ nodes, width, height, framed }: Block, corner: Point): PlacedBlock {
  if (!framed) {
    return { frame: null, nodes: nodes.map(({ id }) => [id, { ...corner, width, height }]) };
  }
  const stacked = width === NODE.width + 2 * PADDING;
  const boxes = nodes.map(({ id }, i) => {
    const x = corner.x + PADDING + (stacked ? 0 : i * (NODE.width + BETWEEN));
    const y = corner.y + HEAD + (stacked ? i * (NODE.height + BETWEEN) : 0);
    return [id, { x, y, ...NODE }] as const;
  });
  return { frame: { ...corner, width, height }, nodes: boxes };
}

function blockOf(service: string, nodes: readonly GraphNode[], stacked: boolean): Block {
  if (nodes.length === 1) {
    return { service, nodes, framed: false, ...(service === OUTSIDE ? OUTSIDE_NODE : NODE) };
  }
  const rows = stacked ? nodes.length : 1;
  const columns = stacked ? 1 : nodes.length;
  return { service, nodes, framed: true, width: spanOf(columns, NODE.width) + 2 * PADDING, height: spanOf(rows, NODE.height) + HEAD + PADDING };
}

function spanOf(items: number, size: number): number {
  return items * size + (items - 1) * BETWEEN;
}
