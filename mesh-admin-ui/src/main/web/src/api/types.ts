/** The records of the registry's API, as design.md fixes them. Unknown fields are kept and ignored. */

export type InstanceStatus = 'STARTING' | 'UP' | 'DOWN' | 'DRAINING' | 'SUSPECT';
export type BreakerState = 'closed' | 'open' | 'half-open';

export interface Session {
  readonly user: string;
  readonly role: string;
  /** Missing when the browser sent other credentials than a session's; changes then need none. */
  readonly csrf?: string;
}

export interface VersionCount {
  readonly instances: number;
  readonly up: number;
}

export interface ServiceSummary {
  readonly name: string;
  readonly versions: Readonly<Record<string, VersionCount>>;
  readonly revision: number;
}

export interface Instance {
  readonly id: string;
  readonly host: string;
  readonly port: number;
  readonly scheme?: string;
  readonly version: string;
  readonly zone?: string | null;
  readonly status: InstanceStatus;
  readonly registeredAt?: string | null;
  readonly lastBeat?: string | null;
  readonly applied?: number | null;
  readonly rejected?: readonly RejectedRule[];
  /** Only while it is to be drained. */
  readonly drain?: Drain;
}

/** How far a drain has come: who confirmed that the instance is no longer chosen. */
export interface Drain {
  /** Who wants it: the instance itself, or an operator for the instance or its whole version. */
  readonly scope: 'self' | 'instance' | 'version';
  readonly since: string;
  readonly by: string;
  readonly revision: number;
  readonly callers: number;
  readonly confirmed: number;
  readonly awaiting: readonly string[];
  readonly done: boolean;
}

/** An operator's wish, whether or not the instance or version is there. */
export interface DrainIntent {
  readonly scope: 'instance' | 'version';
  readonly name: string;
  readonly since: string;
  readonly by: string;
  readonly revision: number;
}

/** A rule that an instance cannot use; it goes on with the last one that it could. */
export interface RejectedRule {
  readonly rule: string;
  readonly revision: number;
  readonly reason: string;
}

/** One node of the registry, as the one that answers sees it. */
export interface RegistryNode {
  readonly id: string;
  readonly self: boolean;
  /** Whether it reaches what the nodes share; while it does not, it takes no changes of rules. */
  readonly connected: boolean;
  readonly instances: number;
  /** Which version of the registry it runs, empty until it has said so. */
  readonly version?: string;
  readonly startedAt?: string;
}

/** Participants that came with the state of another registry within the last hour. */
export interface Strangers {
  readonly registry: string;
  readonly participants: number;
}

export interface RegistryNodes {
  readonly self: string;
  readonly connected: boolean;
  readonly nodes: readonly RegistryNode[];
  readonly strangers?: readonly Strangers[];
}

export interface Watcher {
  readonly service: string;
  readonly id: string;
  readonly applied?: number | null;
}

export interface ServiceDetail {
  readonly name: string;
  readonly revision: number;
  readonly instances: readonly Instance[];
  readonly watchers: readonly Watcher[];
  readonly drains?: readonly DrainIntent[];
  readonly rules: readonly RuleDocument[];
}

export interface RuleMetadata {
  readonly name: string;
  readonly revision?: number;
  readonly createdAt?: string;
  readonly updatedAt?: string;
  readonly updatedBy?: string;
}

/** One place where two versions of a document differ. */
export interface Difference {
  readonly op: 'add' | 'remove' | 'replace';
  readonly path: string;
  readonly from?: unknown;
  readonly to?: unknown;
}

export interface RuleVersion {
  readonly revision: number;
  readonly change: 'created' | 'changed' | 'deleted' | 'rolled-back';
  readonly author: string;
  readonly at: string;
  readonly message: string;
  readonly rolledBackTo?: number;
  readonly document?: RuleDocument;
  readonly changes: readonly Difference[];
}

export interface AuditEntry {
  readonly sequence: number;
  readonly at: string;
  readonly user: string;
  readonly action: string;
  readonly kind: string;
  readonly name: string;
  readonly revision: number;
  readonly message?: string;
  readonly before?: unknown;
  readonly after?: unknown;
  readonly hash: string;
}

export interface RuleDocument {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: RuleMetadata;
  readonly spec: Readonly<Record<string, unknown>>;
}

export interface Note {
  readonly pointer: string;
  readonly message: string;
}

/** What a PUT of a rule answers: the document, and what is worth knowing about it. */
export interface SavedRule extends RuleDocument {
  readonly warnings?: readonly Note[];
}

export interface TopologyNode {
  readonly service: string;
  readonly version?: string | null;
  readonly instances: number;
  readonly up: number;
  /** Lanes that any of the instances serves. */
  readonly lanes?: readonly string[];
}

export interface TopologyEnd {
  readonly service: string;
  readonly version?: string | null;
}

export interface TopologyEdge {
  readonly source: TopologyEnd;
  readonly destination: TopologyEnd;
  /** Calls, errors and retries per second. */
  readonly rate: number;
  readonly errorRate: number;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly retryRate: number;
  readonly breaker: BreakerState;
  readonly ejected: number;
  /** Calls in the window that lost the lane of their request. */
  readonly laneLost?: number;
}

export interface Topology {
  readonly from: string;
  readonly to: string;
  readonly nodes: readonly TopologyNode[];
  readonly edges: readonly TopologyEdge[];
}

/** A request that nobody makes. */
export interface Question {
  readonly source?: string;
  readonly service: string;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly queryParams: Readonly<Record<string, string>>;
}

export interface ExplainedRoute {
  readonly rule?: string;
  readonly revision?: number;
  /** The place of the rule that decides; absent when none fits. */
  readonly index?: number;
  readonly name?: string;
  readonly reason: string;
  readonly rules: readonly { readonly index: number; readonly name: string; readonly matches: boolean }[];
  readonly document?: unknown;
}

export interface ExplainedBackend {
  readonly service: string;
  readonly version: string;
  readonly weight: number;
  readonly percent: number;
  readonly chosen?: boolean;
  readonly out?: string;
}

export interface ExplainedCandidate {
  readonly service: string;
  readonly instance: { readonly id: string; readonly version: string; readonly zone: string; readonly lane?: string | null; readonly status: string };
  readonly candidate: boolean;
  readonly reasons: readonly string[];
}

export interface ExplainedCaller {
  readonly service: string;
  readonly id: string;
  readonly applied: number;
  readonly inForce: boolean;
  readonly breakers: Readonly<Record<string, BreakerState>>;
  readonly ejected: readonly string[];
  readonly rejected: readonly RejectedRule[];
}

/** What would become of a request, as far as the registry knows. */
export interface Explanation {
  readonly revision: number;
  readonly route: ExplainedRoute;
  readonly policy?: { readonly rule: string; readonly revision: number };
  readonly lane: string;
  readonly backends: readonly ExplainedBackend[];
  readonly candidates: readonly ExplainedCandidate[];
  readonly callers: readonly ExplainedCaller[];
}
