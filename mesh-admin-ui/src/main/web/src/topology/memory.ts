import type { Graph, GraphEdge } from './model';

/** Samples that a curve shows: one a second, one minute. */
const SAMPLES = 60;

export interface Trace {
  readonly rate: readonly number[];
  readonly errorShare: readonly number[];
}

/** What this page has seen so far: the recent past of every number, and calls that are quiet now. */
export class Memory {
  private readonly traces = new Map<string, { rate: number[]; errorShare: number[] }>();
  private readonly seen = new Map<string, GraphEdge>();

  /** Adds one picture and returns it with the edges that were seen before, so that a pause in traffic moves no node. */
  add(graph: Graph): Graph {
    const present = new Set(graph.nodes.map((node) => node.id));
    for (const edge of graph.edges) {
      this.seen.set(edge.id, edge);
    }
    for (const [id, edge] of this.seen) {
      if (!present.has(edge.from) || !present.has(edge.to)) {
        this.seen.delete(id);
      }
    }
    const now = new Set(graph.edges.map((edge) => edge.id));
    const quiet = [...this.seen.values()].filter((edge) => !now.has(edge.id)).map(silenced);
    const whole = { nodes: graph.nodes, edges: [...graph.edges, ...quiet].sort((a, b) => (a.id < b.id ? -1 : 1)) };
    this.record(whole);
    return whole;
  }

  traceOf(id: string): Trace {
    return this.traces.get(id) ?? { rate: [], errorShare: [] };
  }

  private record({ nodes, edges }: Graph): void {
    const items = [...nodes, ...edges];
    const ids = new Set(items.map((item) => item.id));
    for (const id of this.traces.keys()) {
      if (!ids.has(id)) {
        this.traces.delete(id);
      }
    }
    for (const { id, rate, errorShare } of items) {
      const trace = this.traces.get(id) ?? { rate: [], errorShare: [] };
      trace.rate = [...trace.rate, rate].slice(-SAMPLES);
      trace.errorShare = [...trace.errorShare, errorShare].slice(-SAMPLES);
      this.traces.set(id, trace);
    }
  }
}

function silenced(edge: GraphEdge): GraphEdge {
  return { ...edge, rate: 0, errorShare: 0, retryRate: 0, p50: null, p90: null, p99: null, breaker: 'closed', ejected: 0, laneLost: 0, health: 'idle' };
}

/** One memory for the page, so that curves go on after a look at another page. */
export const memory = new Memory();
