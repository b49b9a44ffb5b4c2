import { useRef } from 'preact/hooks';
import type { Point } from './geometry';
import { pan, zoom } from './viewport';
import type { ViewportControl } from './useViewport';

const WHEEL_STEP = 0.0016;
const CLICK_SLOP = 4;

/** Drag to move, wheel or two fingers to zoom. A press on the empty ground that does not move clears the selection. */
export function usePointer({ move }: ViewportControl, onGround: () => void) {
  const pointers = useRef(new Map<number, Point>());
  const travelled = useRef(0);

  return {
    onWheel: (event: WheelEvent): void => {
      event.preventDefault();
      const at = placeIn(event);
      move((view) => zoom(view, Math.exp(-event.deltaY * WHEEL_STEP), at));
    },
    onPointerDown: (event: PointerEvent): void => {
      if (event.button === 0 && (event.target as Element).closest('[data-id]') === null) {
        (event.currentTarget as Element).setPointerCapture(event.pointerId);
        pointers.current.set(event.pointerId, placeIn(event));
        travelled.current = 0;
      }
    },
    onPointerMove: (event: PointerEvent): void => {
      const before = pointers.current.get(event.pointerId);
      if (before === undefined) {
        return;
      }
      const now = placeIn(event);
      const other = [...pointers.current].find(([id]) => id !== event.pointerId)?.[1];
      travelled.current += distance(before, now);
      pointers.current.set(event.pointerId, now);
      if (other !== undefined) {
        move((view) => zoom(view, distance(other, now) / Math.max(1, distance(other, before)), other));
      } else if (travelled.current > CLICK_SLOP) {
        move((view) => pan(view, now.x - before.x, now.y - before.y));
      }
    },
    onPointerUp: (event: PointerEvent): void => {
      if (pointers.current.delete(event.pointerId) && travelled.current <= CLICK_SLOP) {
        onGround();
      }
    },
    onPointerCancel: (event: PointerEvent): void => {
      pointers.current.delete(event.pointerId);
    },
  };
}

function placeIn(event: MouseEvent): Point {
  const box = (event.currentTarget as Element).getBoundingClientRect();
  return { x: event.clientX - box.left, y: event.clientY - box.top };
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
