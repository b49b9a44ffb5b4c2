import type { BreakerState, Topology, TopologyEdge, TopologyEnd, TopologyNode } from '../api/types';

/** The name that the registry gives to callers that are not part of the mesh. */
export const OUTSIDE = '(outside)';

export type Health = 'ok' | 'warn' | 'bad' | 'idle';

export interface GraphNode {
  readonly id: string;
  readonly service: string;
  readonly version: string;
  readonly instances: number;
  readonly up: number;
  readonly lanes: readonly string[];
  readonly outside: boolean;
  /** Calls per second that arrive; for a node that is only a source, those that leave. */
  readonly rate: number;
  readonly errorShare: number;
  readonly p99: number | null;
  readonly health: Health;
}

export interface GraphEdge {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly source: TopologyEnd;
  readonly destination: TopologyEnd;
  readonly rate: number;
  /** Of the calls, 0 to 1; the registry sends errors per second. */
  readonly errorShare: number;
  readonly retryRate: number;
  readonly p50: number | null;
  readonly p90: number | null;
  readonly p99: number | null;
  readonly breaker: BreakerState;
  readonly ejected: number;
  readonly laneLost: number;
  readonly health: Health;
}

export interface Graph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

const BAD_SHARE = 0.05;
const WARN_SHARE = 0.01;
const IDLE_RATE = 0.005;

export function graphOf(topology: Topology): Graph {
  const edges = topology.edges.map(edgeOf).sort((a, b) => compare(a.id, b.id));
  const known = new Map(topology.nodes.map((node) => [idOf(node), node]));
  const ends = topology.edges.flatMap(({ source, destination }) => [source, destination]);
  const missing = ends.filter((end) => !known.has(idOf(end))).map((end): readonly [string, TopologyNode] => [idOf(end), { ...end, instances: 0, up: 0 }]);
  const nodes = [...new Map([...known, ...missing])].map(([id, node]) => nodeOf(id, node, edges));
  return { nodes: nodes.sort((a, b) => compare(a.service, b.service) || compare(a.version, b.version)), edges };
}

export function idOf(end: TopologyEnd): string {
  return end.version ? `${end.service}@${end.version}` : end.service;
}

export function edgeIdOf(source: TopologyEnd, destination: TopologyEnd): string {
  return `${idOf(source)}->${idOf(destination)}`;
}

/** A node or an end of an edge as people say it. */
export function nameOf({ service, version }: TopologyEnd): string {
  if (service === OUTSIDE) {
    return 'outside';
  }
  return version ? `${service} ${version}` : service;
}

function edgeOf(edge: TopologyEdge): GraphEdge {
  const { errorRate, ...rest } = edge;
  const quiet = edge.rate < IDLE_RATE;
  const errorShare = edge.rate === 0 ? 0 : errorRate / edge.rate;
  return {
    ...rest,
    id: edgeIdOf(edge.source, edge.destination),
    from: idOf(edge.source),
    to: idOf(edge.destination),
    p50: quiet ? null : edge.p50,
    p90: quiet ? null : edge.p90,
    p99: quiet ? null : edge.p99,
    errorShare,
    laneLost: edge.laneLost ?? 0,
    health: edgeHealth(edge, errorShare),
  };
}

function edgeHealth({ rate, breaker, ejected, laneLost = 0 }: TopologyEdge, errorShare: number): Health {
  if (breaker === 'open') {
    return 'bad';
  }
  if (rate < IDLE_RATE) {
    return breaker === 'half-open' || ejected > 0 ? 'warn' : 'idle';
  }
  const byErrors = errorHealth(errorShare);
  return byErrors === 'ok' && (breaker === 'half-open' || ejected > 0 || laneLost > 0) ? 'warn' : byErrors;
}

function errorHealth(share: number): Health {
  return share >= BAD_SHARE ? 'bad' : share >= WARN_SHARE ? 'warn' : 'ok';
}

function nodeOf(id: string, end: TopologyNode, edges: readonly GraphEdge[]): GraphNode {
  const outside = end.service === OUTSIDE;
  const inbound = edges.filter((edge) => edge.to === id);
  const counted = inbound.length > 0 ? inbound : edges.filter((edge) => edge.from === id);
  const rate = sum(counted, (edge) => edge.rate);
  const errorShare = rate === 0 ? 0 : sum(counted, (edge) => edge.rate * edge.errorShare) / rate;
  const latencies = counted.flatMap((edge) => (edge.p99 === null ? [] : [edge.p99]));
  const base = { id, service: end.service, version: end.version ?? '', instances: end.instances, up: end.up, lanes: end.lanes ?? [], outside, rate, errorShare };
  return { ...base, p99: latencies.length === 0 ? null : Math.max(...latencies), health: nodeHealth(base) };
}

function nodeHealth({ instances, up, outside, rate, errorShare }: Pick<GraphNode, 'instances' | 'up' | 'outside' | 'rate' | 'errorShare'>): Health {
  if (instances > 0 && up === 0 && !outside) {
    return 'bad';
  }
  const byTraffic = rate < IDLE_RATE ? 'idle' : errorHealth(errorShare);
  return up < instances && byTraffic !== 'bad' && !outside ? 'warn' : byTraffic;
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}

function compare(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}
