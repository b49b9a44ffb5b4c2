import type { Block } from './blocks';
import { type Box, type Point, union } from './geometry';

const GAP = 24;
const LEAST_WIDTH = 800;

/** Services without calls stand in rows below the graph. */
export function flow(blocks: readonly Block[], above: readonly Box[]): Map<string, Point> {
  const top = union(above);
  const right = top.x + (above.length === 0 ? LEAST_WIDTH : Math.max(top.width, blocks[0]?.width ?? 0));
  const corners = new Map<string, Point>();
  let x = top.x;
  let y = above.length === 0 ? 0 : top.y + top.height + 2 * GAP;
  let row = 0;
  for (const block of blocks) {
    if (x > top.x && x + block.width > right) {
      x = top.x;
      y += row + GAP;
      row = 0;
    }
    corners.set(block.service, { x, y });
    x += block.width + GAP;
    row = Math.max(row, block.height);
  }
  return corners;
}
