import type { RuleDocument, ServiceSummary } from '../api/types';
import type { Share } from '../ui/ShareBar';
import { defaultRule, isRoute, type RouteDocument } from './document';
import { laneShares, lanesOf } from './lanes';

export interface Row {
  readonly service: string;
  readonly versions: readonly string[];
  readonly route: RouteDocument | null;
  /** The shares that the last rule sets; empty where no route divides the calls. */
  readonly shares: readonly Share[];
}

/** Every service that runs or has a route; first those whose traffic is or can be split. */
export function overviewOf(services: readonly ServiceSummary[], rules: readonly RuleDocument[]): Row[] {
  const routes = new Map(rules.filter(isRoute).map((route) => [route.spec.service, route]));
  const versions = new Map(services.map((service) => [service.name, Object.keys(service.versions)]));
  const names = [...new Set([...versions.keys(), ...routes.keys()])].sort();
  const rows = names.map((service) => rowOf(service, versions.get(service) ?? [], routes.get(service) ?? null));
  return rows.sort((a, b) => Number(isSplittable(b)) - Number(isSplittable(a)));
}

export function isSplittable({ route, versions }: Row): boolean {
  return route !== null || versions.length > 1;
}

function rowOf(service: string, versions: readonly string[], route: RouteDocument | null): Row {
  const rule = route === null ? null : (route.spec.rules[defaultRule(route)] ?? null);
  const divided = rule !== null && (rule.backendRefs ?? []).length > 0;
  return { service, versions, route, shares: divided ? laneShares(lanesOf(rule, service, [])) : [] };
}
