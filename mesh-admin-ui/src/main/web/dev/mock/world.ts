import type { BreakerState, Drain, DrainIntent, Instance, InstanceStatus, RegistryNodes, RuleDocument, ServiceDetail, ServiceSummary, Topology, TopologyEdge, Watcher } from '../../src/api/types.ts';

/** A small shop whose numbers move, for work on the dashboard without a registry. */

export type Scenario = 'busy' | 'empty' | 'down' | 'trouble' | 'idle' | 'large' | 'cut-off' | 'node-lost' | 'upgrade' | 'strangers' | 'single';

interface Call {
  readonly from: readonly [service: string, version: string];
  readonly to: string;
  readonly rate: number;
  readonly error?: number;
  readonly p99: number;
}

const SHOP: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  gateway: { v1: 1 },
  storefront: { v1: 2 },
  catalog: { v1: 2 },
  orders: { v1: 2 },
  inventory: { v1: 2, v2: 1 },
  payments: { v1: 2 },
  reports: { v1: 1 },
};

const CALLS: readonly Call[] = [
  { from: ['(outside)', ''], to: 'gateway', rate: 58, p99: 84 },
  { from: ['gateway', 'v1'], to: 'storefront', rate: 44, p99: 71 },
  { from: ['gateway', 'v1'], to: 'orders', rate: 13, p99: 120 },
  { from: ['storefront', 'v1'], to: 'catalog', rate: 44, p99: 31 },
  { from: ['storefront', 'v1'], to: 'orders', rate: 8.4, p99: 118 },
  { from: ['catalog', 'v1'], to: 'inventory', rate: 43, p99: 9.3 },
  { from: ['orders', 'v1'], to: 'inventory', rate: 21, p99: 8.2 },
  { from: ['orders', 'v1'], to: 'payments', rate: 12, error: 0.021, p99: 412 },
];

const ROUTE: RuleDocument = {
  apiVersion: 'meshup.io/v1',
  kind: 'Route',
  metadata: { name: 'inventory', revision: 41, createdAt: ago(9000), updatedAt: ago(600), updatedBy: 'admin' },
  spec: {
    service: 'inventory',
    rules: [
      { name: 'testers', matches: [{ headers: [{ name: 'x-beta', type: 'Exact', value: '1' }] }], backendRefs: [{ version: 'v2' }] },
      { backendRefs: [{ version: 'v1', weight: 80 }, { version: 'v2', weight: 20 }], timeouts: { request: '2s' }, retry: { attempts: 2, codes: [502, 503, 504] } },
    ],
  },
};

const POLICY: RuleDocument = {
  apiVersion: 'meshup.io/v1',
  kind: 'TrafficPolicy',
  metadata: { name: 'payments', revision: 37, createdAt: ago(9000), updatedAt: ago(9000), updatedBy: 'admin' },
  spec: { service: 'payments', loadBalancer: { algorithm: 'least-request' }, outlierDetection: { consecutiveErrors: 5, baseEjectionTime: '10s' } },
};

export class World {
  scenario: Scenario = 'busy';
  revision = 57;
  rules: RuleDocument[] = [ROUTE, POLICY];
  private readonly drains = new Map<string, DrainIntent[]>();
  private changedAt = 0;
  private observed = 0.2;

  services(): ServiceSummary[] {
    return Object.entries(this.shop()).map(([name, versions]) => ({ name, versions: Object.fromEntries(Object.entries(versions).map(([version, instances]) => [version, { instances, up: this.upOf(name, instances) }])), revision: this.revision - name.length }));
  }

  service(name: string): ServiceDetail | null {
    const versions = this.shop()[name];
    if (versions === undefined) {
      return null;
    }
    const rules = this.rules.filter(({ spec }) => spec['service'] === name);
    return { name, revision: Math.max(12, ...rules.map(({ metadata }) => metadata.revision ?? 0)), instances: this.instances(name, versions), watchers: this.watchers(name), drains: this.drains.get(name) ?? [], rules };
  }

  nodes(): RegistryNodes {
    const connected = this.scenario !== 'cut-off';
    const ids = { single: 1, 'cut-off': 1, 'node-lost': 2 }[this.scenario as string] ?? 3;
    const nodes = ['mesh-a-3f9c12ab77d0', 'mesh-b-90aa41c2e6b1', 'mesh-c-17d2cc08fe35'].slice(0, ids).map((id, i) => ({ id, self: i === 0, connected: i > 0 || connected, instances: Math.round(14 / ids) - i, version: this.scenario === 'upgrade' && i === 0 ? '0.2.0' : '0.1.0', startedAt: new Date(Date.now() - (i + 1) * 26 * 3600_000).toISOString() }));
    const strangers = this.scenario === 'strangers' ? [{ registry: 'mesh-5d0f', participants: 11 }] : [];
    return { self: 'mesh-a-3f9c12ab77d0', connected, nodes, strangers };
  }

  topology(): Topology {
    const now = Date.now();
    this.follow();
    const nodes = this.services().flatMap(({ name, versions }) => Object.entries(versions).map(([version, counts]) => ({ service: name, version, ...counts })));
    return { from: new Date(now - 60_000).toISOString(), to: new Date(now).toISOString(), nodes, edges: this.edges(now / 1000) };
  }

  put(document: RuleDocument, dryRun: boolean): RuleDocument {
    const old = this.rule(document.kind, document.metadata.name);
    const stamp = new Date().toISOString();
    const saved = { ...document, metadata: { name: document.metadata.name, revision: dryRun ? this.revision : this.revision + 1, createdAt: old?.metadata.createdAt ?? stamp, updatedAt: stamp, updatedBy: 'admin' } };
    if (!dryRun) {
      this.revision++;
      this.rules = [...this.rules.filter((rule) => rule !== old), saved];
      this.changedAt = Date.now();
    }
    return saved;
  }

  drain(service: string, scope: 'instance' | 'version', name: string, wanted: boolean): void {
    const others = (this.drains.get(service) ?? []).filter((intent) => intent.scope !== scope || intent.name !== name);
    const intent = { scope, name, since: new Date().toISOString(), by: 'admin', revision: ++this.revision };
    this.drains.set(service, wanted ? [...others, intent] : others);
  }

  remove(kind: string, name: string): void {
    this.revision++;
    this.rules = this.rules.filter((rule) => rule.kind !== kind || rule.metadata.name !== name);
  }

  rule(kind: string, name: string): RuleDocument | undefined {
    return this.rules.find((rule) => rule.kind === kind && rule.metadata.name === name);
  }

  private shop(): typeof SHOP {
    if (this.scenario === 'empty') {
      return {};
    }
    if (this.scenario !== 'large') {
      return SHOP;
    }
    return { ...SHOP, ...Object.fromEntries(Array.from({ length: 18 }, (_, i) => [`service-with-a-long-name-${i}`, i % 5 === 0 ? { v1: 3, 'v2.10.0-rc.1': 1, v3: 2 } : { v1: 2 }])) };
  }

  private upOf(name: string, instances: number): number {
    return this.scenario === 'trouble' && name === 'payments' ? instances - 1 : instances;
  }

  private watchers(name: string): Watcher[] {
    const callers = [...new Set(CALLS.filter(({ to }) => to === name).map(({ from }) => from[0]))].filter((caller) => caller !== '(outside)');
    const late = Date.now() - this.changedAt < 2500;
    return [...callers, name].flatMap((service, i) => [{ service, id: `10.0.0.${i + 4}-8081`, applied: late && i === 1 ? this.revision - 1 : this.revision }]);
  }

  private instances(name: string, versions: Readonly<Record<string, number>>): Instance[] {
    return Object.entries(versions).flatMap(([version, amount], v) => Array.from({ length: amount }, (_, i) => this.instance(name, version, v, i)));
  }

  private instance(name: string, version: string, v: number, i: number): Instance {
    const id = `10.0.${v}.${i + 4}-${8081 + i}`;
    const drain = this.drainOf(name, id, version);
    const rejected = this.scenario === 'trouble' && name === 'payments' && i === 0 ? [{ rule: 'TrafficPolicy/payments', revision: 37, reason: "The algorithm 'least-request' is not known here." }] : [];
    return {
      id, host: `10.0.${v}.${i + 4}`, port: 8081 + i, scheme: 'http', version, zone: i % 2 === 0 ? 'zone-a' : 'zone-b', status: drain === null ? this.statusOf(name, i) : 'DRAINING',
      registeredAt: ago(3600), lastBeat: ago(i / 2), applied: this.revision, rejected, ...(drain === null ? {} : { drain }),
    };
  }

  /** Callers confirm one after the other, so that the progress can be seen. */
  private drainOf(service: string, id: string, version: string): Drain | null {
    const intent = (this.drains.get(service) ?? []).find(({ scope, name }) => name === (scope === 'version' ? version : id));
    if (intent === undefined) {
      return null;
    }
    const callers = ['catalog/10.0.0.4-8081', 'orders/10.0.0.5-8081', 'orders/10.0.0.6-8081', 'gateway/10.0.0.7-8080', 'reports/10.0.0.8-8081'];
    const confirmed = Math.min(callers.length, 2 + Math.floor((Date.now() - Date.parse(intent.since)) / 4000));
    return { scope: intent.scope, since: intent.since, by: intent.by, revision: intent.revision, callers: callers.length, confirmed, awaiting: callers.slice(confirmed), done: confirmed === callers.length };
  }

  private statusOf(name: string, index: number): InstanceStatus {
    return this.scenario === 'trouble' && name === 'payments' && index === 1 ? 'SUSPECT' : 'UP';
  }

  private edges(t: number): TopologyEdge[] {
    if (this.scenario === 'empty') {
      return [];
    }
    return [...CALLS, ...this.more()].flatMap((call, i) => this.spread(call, i, t));
  }

  private more(): Call[] {
    return this.scenario !== 'large' ? [] : Array.from({ length: 18 }, (_, i) => ({ from: i < 6 ? (['catalog', 'v1'] as const) : ([`service-with-a-long-name-${i - 6}`, 'v1'] as const), to: `service-with-a-long-name-${i}`, rate: 4 + i * 900, p99: 20 + i * 400 }));
  }

  /** One edge for each version that the call reaches. */
  private spread({ from, to, rate, error = 0.0006, p99 }: Call, i: number, t: number): TopologyEdge[] {
    const versions = Object.keys(this.shop()[to] ?? {});
    const wave = 1 + 0.12 * Math.sin(t / 7 + i * 1.7) + 0.04 * Math.sin(t * 1.1 + i);
    return versions.map((version) => {
      const share = versions.length === 1 ? 1 : to === 'inventory' ? (version === 'v2' ? this.observed : 1 - this.observed) : 1 / versions.length;
      const trouble = this.scenario === 'trouble' ? troubleOf(from[0], to, version) : null;
      const calls = this.scenario === 'idle' ? 0 : rate * share * wave * (trouble?.factor ?? 1);
      const source = from[1] === '' ? { service: from[0] } : { service: from[0], version: from[1] };
      return { source, destination: { service: to, version }, rate: calls, errorRate: calls * (trouble?.errors ?? error * wave), p50: p99 / 6, p90: p99 / 2.2, p99: p99 * wave, retryRate: calls * error, breaker: trouble?.breaker ?? 'closed', ejected: trouble?.ejected ?? 0 };
    });
  }

  /** Traffic follows the route a little at each look. */
  private follow(): void {
    const route = this.rule('Route', 'inventory');
    const rules = (route?.spec['rules'] ?? []) as { backendRefs?: { version?: string; weight?: number }[] }[];
    const refs = rules.at(-1)?.backendRefs ?? [];
    const sum = refs.reduce((total, ref) => total + (ref.weight ?? 1), 0);
    const target = sum === 0 ? 1 / 3 : refs.filter(({ version }) => version === 'v2').reduce((total, ref) => total + (ref.weight ?? 1), 0) / sum;
    this.observed += (target - this.observed) * 0.25;
  }
}

interface Trouble {
  readonly breaker: BreakerState;
  readonly ejected: number;
  readonly errors: number;
  readonly factor: number;
}

function troubleOf(from: string, to: string, version: string): Trouble | null {
  if (to === 'payments') {
    return { breaker: 'open', ejected: 1, errors: 0.38, factor: 0.2 };
  }
  if (to === 'inventory' && version === 'v2') {
    return from === 'orders' ? { breaker: 'half-open', ejected: 0, errors: 0.034, factor: 1 } : { breaker: 'closed', ejected: 1, errors: 0.012, factor: 1 };
  }
  return null;
}

function ago(seconds: number): string {
  return new Date(Date.now() - seconds * 1000).toISOString();
}
