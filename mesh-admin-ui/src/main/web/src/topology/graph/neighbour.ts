import type { Graph } from '../model';
import type { Box } from './geometry';
import type { Layout } from './layout';

type Key = 'ArrowRight' | 'ArrowLeft' | 'ArrowDown' | 'ArrowUp';

/** Where an arrow key leads: along a call if one runs that way, else to the nearest node in that direction. */
export function neighbour(layout: Layout, graph: Graph, id: string, key: string): string | null {
  const here = layout.nodes.get(id);
  if (here === undefined || !isArrow(key)) {
    return null;
  }
  const others = alongCalls(layout, graph, id, key);
  return nearest(layout, here, others, key) ?? nearest(layout, here, [...layout.nodes.keys()], key);
}

function alongCalls(layout: Layout, graph: Graph, id: string, key: Key): string[] {
  const forth = layout.orientation === 'right' ? 'ArrowRight' : 'ArrowDown';
  const back = layout.orientation === 'right' ? 'ArrowLeft' : 'ArrowUp';
  if (key === forth) {
    return graph.edges.filter((edge) => edge.from === id).map((edge) => edge.to);
  }
  return key === back ? graph.edges.filter((edge) => edge.to === id).map((edge) => edge.from) : [];
}

function nearest(layout: Layout, here: Box, ids: readonly string[], key: Key): string | null {
  let best: string | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const id of ids) {
    const box = layout.nodes.get(id);
    const distance = box === undefined ? null : distanceOf(here, box, key);
    if (distance !== null && distance < least) {
      best = id;
      least = distance;
    }
  }
  return best;
}

/** How far another box lies in a direction; what is off to the side counts double; null when it lies elsewhere. */
function distanceOf(here: Box, there: Box, key: Key): number | null {
  const dx = there.x + there.width / 2 - here.x - here.width / 2;
  const dy = there.y + there.height / 2 - here.y - here.height / 2;
  const [ahead, aside] = { ArrowRight: [dx, dy], ArrowLeft: [-dx, dy], ArrowDown: [dy, dx], ArrowUp: [-dy, dx] }[key] as [number, number];
  return ahead > 1 ? ahead + 2 * Math.abs(aside) : null;
}

function isArrow(key: string): key is Key {
  return key === 'ArrowRight' || key === 'ArrowLeft' || key === 'ArrowDown' || key === 'ArrowUp';
}
