import type { RuleDocument } from '../api/types';

/** The parts of a route that this page understands; all others are carried along untouched. */
export interface BackendRef {
  readonly service?: string;
  readonly version?: string;
  readonly weight?: number;
}

export interface RouteRule {
  readonly name?: string;
  readonly matches?: readonly unknown[];
  readonly backendRefs?: readonly BackendRef[];
}

export interface RouteDocument extends RuleDocument {
  readonly spec: { readonly service: string; readonly rules: readonly RouteRule[] } & Readonly<Record<string, unknown>>;
}

export function isRoute(document: RuleDocument): document is RouteDocument {
  return document.kind === 'Route' && Array.isArray(document.spec['rules']);
}

export function routeOf(rules: readonly RuleDocument[], service: string): RouteDocument | null {
  return rules.filter(isRoute).find(({ spec }) => spec.service === service) ?? null;
}

/** The rule that is shown first: the last one, which takes what no other rule matched. */
export function defaultRule({ spec }: RouteDocument): number {
  return spec.rules.length - 1;
}

/** A rule in a few words, for a list to choose from. */
export function describeRule(rule: RouteRule, index: number): string {
  const name = rule.name ?? `rule ${index + 1}`;
  return isUnconditional(rule) ? `${name}: every other request` : `${name}: requests that match`;
}

export function isUnconditional(rule: RouteRule): boolean {
  return (rule.matches ?? []).length === 0;
}
