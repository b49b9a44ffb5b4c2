import type { Box, Point } from './geometry';

/** How the drawing lies behind the window: screen = graph * scale + offset. */
export interface Viewport {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

const LEAST = 0.2;
const MOST = 2.5;
/** A small graph is not blown up beyond this. */
const FIT_MOST = 1.15;
const MARGIN = 24;
/** Kept free for the buttons below. */
const FOOT = 40;

export function fit(bounds: Box, window: Size): Viewport {
  const size = { width: window.width, height: window.height - FOOT };
  const scale = Math.max(LEAST, Math.min(FIT_MOST, (size.width - 2 * MARGIN) / Math.max(1, bounds.width), (size.height - 2 * MARGIN) / Math.max(1, bounds.height)));
  return { scale, x: size.width / 2 - (bounds.x + bounds.width / 2) * scale, y: size.height / 2 - (bounds.y + bounds.height / 2) * scale };
}

/** Zooms about a point of the window, which stays where it is. */
export function zoom(view: Viewport, factor: number, at: Point): Viewport {
  const scale = Math.min(MOST, Math.max(LEAST, view.scale * factor));
  const ratio = scale / view.scale;
  return { scale, x: at.x - (at.x - view.x) * ratio, y: at.y - (at.y - view.y) * ratio };
}

export function pan(view: Viewport, dx: number, dy: number): Viewport {
  return { ...view, x: view.x + dx, y: view.y + dy };
}

/** Moves as little as needed to have a box inside the free part of the window. */
export function reveal(view: Viewport, box: Box, size: Size): Viewport {
  return pan(
    view,
    shift(box.x * view.scale + view.x, box.width * view.scale, size.width),
    shift(box.y * view.scale + view.y, box.height * view.scale, size.height),
  );
}

/** Does so for the first of these that has room at this scale; if only the last has, it comes to the middle unless it is in sight. */
export function revealFirst(view: Viewport, boxes: readonly Box[], size: Size): Viewport {
  const fits = (box: Box): boolean => box.width * view.scale <= size.width - 2 * MARGIN && box.height * view.scale <= size.height - 2 * MARGIN;
  const chosen = boxes.find(fits) ?? boxes.at(-1);
  if (chosen === undefined) {
    return view;
  }
  const moved = reveal(view, chosen, size);
  const isInSight = moved.x === view.x && moved.y === view.y;
  return isInSight || chosen === boxes[0] ? moved : centre(view, chosen, size);
}

function centre(view: Viewport, box: Box, size: Size): Viewport {
  return { ...view, x: size.width / 2 - (box.x + box.width / 2) * view.scale, y: size.height / 2 - (box.y + box.height / 2) * view.scale };
}

function shift(start: number, length: number, room: number): number {
  if (start < MARGIN || length > room - 2 * MARGIN) {
    return MARGIN - start;
  }
  return Math.min(0, room - MARGIN - (start + length));
}
