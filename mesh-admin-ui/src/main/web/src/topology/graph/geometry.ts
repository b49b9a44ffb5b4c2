export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

/** One cubic Bézier piece of a path. */
export type Piece = readonly [from: Point, leave: Point, enter: Point, to: Point];

export function pathOf(pieces: readonly Piece[]): string {
  return pieces.map(([a, b, c, d], i) => `${i === 0 ? `M${xy(a)}` : ''}C${xy(b)} ${xy(c)} ${xy(d)}`).join('');
}

/** The point after the given part of a path, all its pieces taken as equally long. */
export function pointAt(pieces: readonly Piece[], part: number): Point {
  const at = Math.min(Math.max(part, 0), 1) * pieces.length;
  const index = Math.min(Math.floor(at), pieces.length - 1);
  const piece = pieces[index];
  return piece === undefined ? { x: 0, y: 0 } : onPiece(piece, at - index);
}

export function overlap(a: Box, b: Box): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return width > 0 && height > 0 ? width * height : 0;
}

export function around(centre: Point, width: number, height: number): Box {
  return { x: centre.x - width / 2, y: centre.y - height / 2, width, height };
}

export function union(boxes: readonly Box[]): Box {
  if (boxes.length === 0) {
    return { x: 0, y: 0, width: 0, height: 0 };
  }
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  return { x, y, width: Math.max(...boxes.map((box) => box.x + box.width)) - x, height: Math.max(...boxes.map((box) => box.y + box.height)) - y };
}

function onPiece([a, b, c, d]: Piece, t: number): Point {
  const u = 1 - t;
  const mix = (p: number, q: number, r: number, s: number): number => u * u * u * p + 3 * u * u * t * q + 3 * u * t * t * r + t * t * t * s;
  return { x: mix(a.x, b.x, c.x, d.x), y: mix(a.y, b.y, c.y, d.y) };
}

function xy({ x, y }: Point): string {
  return `${x.toFixed(1)},${y.toFixed(1)}`;
}
