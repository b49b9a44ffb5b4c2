import type { Instance } from '../api/types';
import type { BackendRef, RouteDocument, RouteRule } from './document';
import { percentagesOf, sharesOf } from './shares';

/** One destination of a rule on the page: a slider and a bar. */
export interface Lane {
  readonly label: string;
  readonly version: string | null;
  /** Its place among the rule's backendRefs; null for a version that runs but is not named there. */
  readonly ref: number | null;
  readonly weight: number;
}

/** The destinations that a rule names, and after them the versions that run but are not named. */
export function lanesOf(rule: RouteRule | null, service: string, instances: readonly Instance[]): Lane[] {
  const counts = countsOf(instances);
  const refs = rule?.backendRefs ?? [];
  const running = [...counts.keys()];
  if (refs.length === 0) {
    const weights = percentagesOf(running.map((version) => counts.get(version) ?? 0));
    return running.map((version, i) => ({ label: version, version, ref: null, weight: weights[i] ?? 0 }));
  }
  const named = new Set(refs.filter((ref) => isOwn(ref, service)).map(({ version }) => version));
  const weights = wholeHundred(refs.map(({ weight }) => weight ?? 1));
  const lanes = refs.map((ref, i) => ({ label: labelOf(ref, service), version: isOwn(ref, service) ? (ref.version ?? null) : null, ref: i, weight: weights[i] ?? 0 }));
  const rest = running.filter((version) => !named.has(version));
  return [...lanes, ...rest.map((version) => ({ label: version, version, ref: null, weight: 0 }))];
}

/** Moves one slider. With two lanes the other one gives way; with more each weight stands for itself. */
export function moved(lanes: readonly Lane[], index: number, weight: number): Lane[] {
  if (lanes.length === 2) {
    return lanes.map((lane, i) => ({ ...lane, weight: i === index ? weight : 100 - weight }));
  }
  return lanes.map((lane, i) => (i === index ? { ...lane, weight } : lane));
}

/** The document with the weights of one rule replaced and everything else as it was. */
export function withLanes(document: RouteDocument, index: number, lanes: readonly Lane[]): RouteDocument {
  const rules = document.spec.rules.map((rule, i) => (i === index ? { ...rule, backendRefs: refsOf(rule.backendRefs ?? [], lanes) } : rule));
  return { ...document, spec: { ...document.spec, rules } };
}

export function newRoute(service: string, lanes: readonly Lane[]): RouteDocument {
  const backendRefs = lanes.map(({ version, weight }) => (version === null ? { weight } : { version, weight }));
  return { apiVersion: 'meshup.io/v1', kind: 'Route', metadata: { name: service }, spec: { service, rules: [{ backendRefs }] } };
}

/** The lane that a pointer of the registry speaks of; null when it speaks of something else. */
export function laneAt(pointer: string, index: number, lanes: readonly Lane[]): number | null {
  const found = /^\/spec\/rules\/(\d+)\/backendRefs\/(\d+)(\/|$)/.exec(pointer);
  if (found === null || Number(found[1]) !== index) {
    return null;
  }
  const at = written(lanes)[Number(found[2])];
  return at === undefined ? null : lanes.indexOf(at);
}

export function laneShares(lanes: readonly Lane[]): { label: string; share: number }[] {
  const shares = sharesOf(lanes.map(({ weight }) => weight));
  return lanes.map(({ label }, i) => ({ label, share: shares[i] ?? 0 }));
}

function refsOf(before: readonly BackendRef[], lanes: readonly Lane[]): BackendRef[] {
  return written(lanes).map(({ ref, version, weight }) => (ref === null ? { ...(version === null ? {} : { version }), weight } : { ...before[ref], weight }));
}

/** The lanes in the order in which they stand in the document. A version without weight is not added to it. */
function written(lanes: readonly Lane[]): Lane[] {
  const known = lanes.filter(({ ref }) => ref !== null).sort((a, b) => (a.ref ?? 0) - (b.ref ?? 0));
  return [...known, ...lanes.filter(({ ref, weight }) => ref === null && weight > 0)];
}

function wholeHundred(weights: readonly number[]): number[] {
  return weights.reduce((sum, weight) => sum + weight, 0) === 100 ? [...weights] : percentagesOf(weights);
}

function countsOf(instances: readonly Instance[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { version } of [...instances].sort((a, b) => a.version.localeCompare(b.version, 'en', { numeric: true }))) {
    counts.set(version, (counts.get(version) ?? 0) + 1);
  }
  return counts;
}

function isOwn(ref: BackendRef, service: string): boolean {
  return ref.service === undefined || ref.service === service;
}

function labelOf(ref: BackendRef, service: string): string {
  const version = ref.version ?? 'any version';
  return isOwn(ref, service) ? version : `${ref.service} ${version}`;
}

/** Drafted weights on the destinations of a route that was read again; what is not there any more is dropped. */
export function rebased(draft: readonly Lane[], fresh: readonly Lane[]): Lane[] {
  const weights = new Map(draft.map(({ label, weight }) => [label, weight]));
  return fresh.map((lane) => ({ ...lane, weight: weights.get(lane.label) ?? 0 }));
}
