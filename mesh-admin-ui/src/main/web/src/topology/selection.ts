import { hrefOf, place, replacePlace } from '../app/router';
import type { Graph, GraphEdge, GraphNode } from './model';

/** What is selected is part of the address, so that it can be shared and reloaded. */
export type Selection = { readonly kind: 'node'; readonly id: string } | { readonly kind: 'edge'; readonly id: string } | null;

export type Selected = { readonly kind: 'node'; readonly node: GraphNode } | { readonly kind: 'edge'; readonly edge: GraphEdge } | null;

export function selection(): Selection {
  const { node, edge } = place.value.query;
  if (node !== undefined) {
    return { kind: 'node', id: node };
  }
  return edge === undefined ? null : { kind: 'edge', id: edge };
}

export function select(next: Selection): void {
  replacePlace(selectionHref(next));
}

export function selectionHref(next: Selection): string {
  return hrefOf('topology', null, next === null ? {} : { [next.kind]: next.id });
}

export function find(graph: Graph, chosen: Selection): Selected {
  if (chosen?.kind === 'node') {
    const node = graph.nodes.find(({ id }) => id === chosen.id);
    return node ? { kind: 'node', node } : null;
  }
  const edge = graph.edges.find(({ id }) => id === chosen?.id);
  return edge ? { kind: 'edge', edge } : null;
}

/** The nodes that stay bright while something is selected; null when nothing is. */
export function neighbourhood(graph: Graph, selected: Selected): ReadonlySet<string> | null {
  if (selected === null) {
    return null;
  }
  if (selected.kind === 'edge') {
    return new Set([selected.edge.from, selected.edge.to]);
  }
  const { id } = selected.node;
  return new Set([id, ...graph.edges.filter((edge) => edge.from === id || edge.to === id).flatMap((edge) => [edge.from, edge.to])]);
}
