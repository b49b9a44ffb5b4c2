import { useEffect, useState } from 'preact/hooks';
import type { Box } from './geometry';
import { fit, revealFirst, type Size, type Viewport, zoom } from './viewport';

export interface ViewportControl {
  readonly view: Viewport;
  readonly move: (next: (view: Viewport) => Viewport) => void;
  readonly zoomBy: (factor: number) => void;
  readonly fitAll: () => void;
  /** Brings the first of these into sight that fits, or else the last. */
  readonly show: (...boxes: readonly Box[]) => void;
}

const START: Viewport = { x: 0, y: 0, scale: 1 };

/** Shows the whole drawing until the reader moves it; then it stays where it was put. */
export function useViewport(bounds: Box, window: Size | null, free: Size | null): ViewportControl {
  const [view, setView] = useState(START);
  const [moved, setMoved] = useState(false);
  const fitAll = (): void => {
    setMoved(false);
    if (free !== null) {
      setView(fit(bounds, free));
    }
  };
  useEffect(() => {
    if (!moved) {
      fitAll();
    }
  }, [bounds, window?.width, window?.height]);
  const move = (next: (view: Viewport) => Viewport): void => {
    setMoved(true);
    setView(next);
  };
  return {
    view,
    move,
    fitAll,
    zoomBy: (factor) => move((old) => zoom(old, factor, { x: (free?.width ?? 0) / 2, y: (free?.height ?? 0) / 2 })),
    show: (...boxes) => {
      if (free !== null) {
        setView((old) => revealFirst(old, boxes, free));
      }
    },
  };
}
