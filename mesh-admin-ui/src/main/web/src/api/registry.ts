import { call } from './http';
import type { AuditEntry, Explanation, Question, RegistryNodes, RuleDocument, RuleVersion, SavedRule, ServiceDetail, ServiceSummary, Session, Topology } from './types';

const BASE = 'api/v1';

/** Every call that the dashboard makes, by name. */
export const registry = {
  signIn: async (user: string, password: string): Promise<Session> =>
    (await call<Session>(`${BASE}/session`, { method: 'POST', body: { user, password } })).body,

  whoAmI: async (): Promise<Session> => (await call<Session>(`${BASE}/session`)).body,

  signOut: async (): Promise<void> => {
    await call(`${BASE}/session`, { method: 'DELETE' });
  },

  services: async (): Promise<readonly ServiceSummary[]> =>
    (await call<{ services: ServiceSummary[] }>(`${BASE}/services`)).body.services,

  service: async (name: string): Promise<ServiceDetail> =>
    (await call<ServiceDetail>(`${BASE}/services/${encodeURIComponent(name)}`)).body,

  drain: async (service: string, scope: 'instance' | 'version', name: string): Promise<void> => {
    await call(drainOf(service, scope, name), { method: 'POST' });
  },

  undrain: async (service: string, scope: 'instance' | 'version', name: string): Promise<void> => {
    await call(drainOf(service, scope, name), { method: 'DELETE' });
  },

  nodes: async (): Promise<RegistryNodes> => (await call<RegistryNodes>(`${BASE}/nodes`)).body,

  topology: async (window: string): Promise<Topology> => (await call<Topology>(`${BASE}/topology?window=${window}`)).body,

  explain: async (question: Question): Promise<Explanation> => (await call<Explanation>(`${BASE}/explain`, { method: 'POST', body: question })).body,

  rules: async (): Promise<readonly RuleDocument[]> => (await call<{ rules: RuleDocument[] }>(`${BASE}/rules`)).body.rules,

  rule: async (kind: string, name: string): Promise<Versioned> => {
    const answer = await call<RuleDocument>(pathOf(kind, name));
    return { document: answer.body, etag: answer.etag ?? etagOf(answer.body) };
  },

  check: async (document: RuleDocument, etag: string | null): Promise<SavedRule> =>
    (await call<SavedRule>(`${pathOf(document.kind, document.metadata.name)}?dryRun=true`, put(document, etag))).body,

  save: async (document: RuleDocument, etag: string | null, why: string): Promise<SavedRule> =>
    (await call<SavedRule>(`${pathOf(document.kind, document.metadata.name)}${because(why)}`, put(document, etag))).body,

  remove: async (kind: string, name: string, etag: string | null, why: string): Promise<void> => {
    await call(`${pathOf(kind, name)}${because(why)}`, { method: 'DELETE', headers: matching(etag) });
  },

  history: async (kind: string, name: string): Promise<readonly RuleVersion[]> =>
    (await call<{ versions: RuleVersion[] }>(`${pathOf(kind, name)}/history`)).body.versions,

  rollBack: async (kind: string, name: string, to: number, etag: string | null, why: string): Promise<SavedRule> =>
    (await call<SavedRule>(`${pathOf(kind, name)}/rollback?to=${to}${because(why, '&')}`, { method: 'POST', headers: matching(etag) })).body,

  audit: async (filter: Readonly<Record<string, string>>): Promise<readonly AuditEntry[]> =>
    (await call<{ entries: AuditEntry[] }>(`${BASE}/audit?${new URLSearchParams(filter).toString()}`)).body.entries,
};

/** A rule together with the tag that a later change of it must name. */
export interface Versioned {
  readonly document: RuleDocument;
  readonly etag: string | null;
}

export function etagOf(document: RuleDocument): string | null {
  return document.metadata.revision === undefined ? null : `"${document.metadata.revision}"`;
}

function put(document: RuleDocument, etag: string | null) {
  const body = { ...document, metadata: { name: document.metadata.name } };
  return { method: 'PUT', body, headers: matching(etag) } as const;
}

function matching(etag: string | null): Record<string, string> {
  return etag === null ? {} : { 'if-match': etag };
}

/** Why something is changed, for its history; nothing where nobody said. */
export function because(why: string, joint = '?'): string {
  const said = why.trim();
  return said === '' ? '' : `${joint}message=${encodeURIComponent(said)}`;
}

function drainOf(service: string, scope: 'instance' | 'version', name: string): string {
  return `${BASE}/services/${encodeURIComponent(service)}/${scope}s/${encodeURIComponent(name)}/drain`;
}

function pathOf(kind: string, name: string): string {
  return `${BASE}/rules/${encodeURIComponent(kind)}/${encodeURIComponent(name)}`;
}
