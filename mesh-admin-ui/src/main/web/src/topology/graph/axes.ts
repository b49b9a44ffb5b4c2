import type { Box, Point } from './geometry';

/** Calls run to the right on wide pages and down on narrow ones. */
export type Orientation = 'right' | 'down';

/** Turns places along and across the calls into places on the drawing. */
export interface Axes {
  readonly orientation: Orientation;
  point(along: number, across: number): Point;
  box(along: number, across: number, alongSize: number, acrossSize: number): Box;
  along(point: Point): number;
  across(point: Point): number;
  alongSize(box: Box): number;
  acrossSize(box: Box): number;
}

const RIGHT: Axes = {
  orientation: 'right',
  point: (along, across) => ({ x: along, y: across }),
  box: (along, across, alongSize, acrossSize) => ({ x: along, y: across, width: alongSize, height: acrossSize }),
  along: (point) => point.x,
  across: (point) => point.y,
  alongSize: (box) => box.width,
  acrossSize: (box) => box.height,
};

const DOWN: Axes = {
  orientation: 'down',
  point: (along, across) => ({ x: across, y: along }),
  box: (along, across, alongSize, acrossSize) => ({ x: across, y: along, width: acrossSize, height: alongSize }),
  along: (point) => point.y,
  across: (point) => point.x,
  alongSize: (box) => box.height,
  acrossSize: (box) => box.width,
};

export function axesOf(orientation: Orientation): Axes {
  return orientation === 'right' ? RIGHT : DOWN;
}
