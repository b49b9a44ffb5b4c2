import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RuleDocument } from '../../src/api/types.ts';
import { type Scenario, World } from './world.ts';

interface Reply {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The registry's API, as far as the dashboard uses it. `POST /mock/SCENARIO` changes the weather. */
export class Api {
  private world = new World();
  private signedIn = false;
  private failures = 0;

  async handle(request: IncomingMessage, response: ServerResponse, next: () => void): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://mock');
    const found = url.pathname.startsWith('/mock/') ? this.control(url.pathname.slice('/mock/'.length)) : url.pathname.startsWith('/api/v1/') ? this.answer(request, url, await bodyOf(request)) : null;
    if (found === null) {
      next();
      return;
    }
    response.writeHead(found.status, { 'content-type': found.status < 400 ? 'application/json' : 'application/problem+json', ...found.headers });
    response.end(found.body === undefined ? '' : JSON.stringify(found.body));
  }

  private control(name: string): Reply {
    if (name === 'reset') {
      this.world = new World();
    } else if (name === 'edit-elsewhere') {
      const route = this.world.rule('Route', 'inventory');
      if (route !== undefined) {
        this.world.put(route, false);
      }
    } else if (name === 'sign-in' || name === 'sign-out') {
      this.signedIn = name === 'sign-in';
      this.failures = 0;
    } else {
      this.world.scenario = name as Scenario;
    }
    return { status: 204 };
  }

  private answer(request: IncomingMessage, url: URL, body: unknown): Reply {
    const method = request.method ?? 'GET';
    const [section = '', first = '', second = ''] = url.pathname.slice('/api/v1/'.length).split('/').map(decodeURIComponent);
    if (this.world.scenario === 'down') {
      return problem(503, 'Service Unavailable', 'The registry did not answer.');
    }
    if (section === 'session') {
      return this.session(method, body);
    }
    if (!this.signedIn) {
      return problem(401, 'Unauthorized', 'Sign in first.');
    }
    if (method !== 'GET' && request.headers['x-mesh-csrf'] !== 'mock') {
      return problem(403, 'Forbidden', 'The header x-mesh-csrf is missing or wrong.');
    }
    switch (section) {
      case 'services':
        return this.services(method, url, first);
      case 'nodes':
        return ok(this.world.nodes());
      case 'topology':
        return ok(this.world.topology());
      case 'audit':
        return ok({ entries: AUDIT });
      case 'explain':
        return (body as { path: string }).path.startsWith('/') ? ok(EXPLANATION) : problem(400, 'Bad Request', 'The request has 1 violation. Nothing was changed; correct and send again.');
      case 'rules':
        if (url.pathname.endsWith('/history')) {
          return first === 'Route' && second === 'inventory' ? ok({ versions: versionsOf(this.world.rule('Route', 'inventory')) }) : found(null);
        }
        if (url.pathname.endsWith('/rollback')) {
          return found(this.world.rule(first, second) ?? null);
        }
        return first === '' ? ok({ rules: this.world.rules, revision: this.world.revision }) : this.rule(method, request, url, { kind: first, name: second, body });
      default:
        return found(null);
    }
  }

  private session(method: string, body: unknown): Reply {
    if (method === 'POST') {
      const { password } = body as { password: string };
      this.signedIn = password === 'secret';
      this.failures = this.signedIn ? 0 : this.failures + 1;
      if (this.failures > 2) {
        return { ...problem(429, 'Too Many Requests', 'Too many attempts.'), headers: { 'retry-after': '20' } };
      }
    } else if (method === 'DELETE') {
      this.signedIn = false;
      return { status: 204 };
    }
    return this.signedIn ? ok({ user: 'admin', role: 'admin', csrf: 'mock' }) : problem(401, 'Unauthorized', 'Wrong user or password.');
  }

  private services(method: string, url: URL, service: string): Reply {
    const [scopes, name, drain] = url.pathname.split('/').slice(5).map(decodeURIComponent);
    if (drain === 'drain' && scopes !== undefined && name !== undefined) {
      this.world.drain(service, scopes === 'versions' ? 'version' : 'instance', name, method === 'POST');
      return { status: method === 'POST' ? 200 : 204, ...(method === 'POST' ? { body: {} } : {}) };
    }
    return service === '' ? ok({ services: this.world.services() }) : found(this.world.service(service));
  }

  private rule(method: string, request: IncomingMessage, url: URL, { kind, name, body }: { kind: string; name: string; body: unknown }): Reply {
    const old = this.world.rule(kind, name);
    const match = request.headers['if-match'];
    if (method === 'GET') {
      return old === undefined ? found(null) : tagged(old);
    }
    if (match !== undefined && match !== `"${old?.metadata.revision}"`) {
      return problem(412, 'Precondition Failed', `The rule has revision ${old?.metadata.revision} now.`);
    }
    if (this.world.scenario === 'cut-off') {
      return problem(503, 'Service Unavailable', 'Redis is out of reach, so nothing was changed. Try again when it is back.');
    }
    if (method === 'DELETE') {
      this.world.remove(kind, name);
      return { status: 204 };
    }
    const refused = refusalOf(body as RuleDocument);
    const saved = this.world.put(body as RuleDocument, url.searchParams.get('dryRun') === 'true' || refused !== null);
    return refused ?? tagged(saved, warningsOf(saved));
  }
}

/** A past for one route, so that the panel has something to show. */
function versionsOf(present: RuleDocument | undefined) {
  const at = (seconds: number) => new Date(Date.now() - seconds * 1000).toISOString();
  const changes = [
    { op: 'replace', path: '/spec/rules/1/backendRefs/0/weight', from: 90, to: 80 },
    { op: 'replace', path: '/spec/rules/1/backendRefs/1/weight', from: 10, to: 20 },
  ];
  return [
    { revision: present?.metadata.revision ?? 41, change: 'changed', author: 'admin', at: at(600), message: 'more for v2', document: present, changes },
    { revision: 38, change: 'rolled-back', rolledBackTo: 31, author: 'token/ci', at: at(4000), message: '', document: present, changes: [{ op: 'remove', path: '/spec/rules/1/timeouts', from: { request: '2s' } }] },
    { revision: 36, change: 'deleted', author: 'alice', at: at(5000), message: 'not needed any more', changes: [] },
    { revision: 31, change: 'created', author: 'alice', at: at(9000), message: '', document: present, changes: [] },
  ];
}

const AUDIT = [
  { sequence: 9, at: '2026-11-22T08:10:00Z', user: 'admin', action: 'changed', kind: 'Route', name: 'inventory', revision: 41, message: 'more for v2', before: { spec: { service: 'inventory' } }, after: { spec: { service: 'inventory', rules: [{ name: 'all' }] } }, hash: 'ab' },
  { sequence: 8, at: '2026-11-22T08:05:00Z', user: 'admin', action: 'signed-in', kind: 'signed-in', name: 'admin', revision: 40, after: { address: '127.0.0.1' }, hash: 'cd' },
  { sequence: 7, at: '2026-11-22T08:00:00Z', user: 'anonymous', action: 'sign-in-failed', kind: 'sign-in-failed', name: 'somebody-with-quite-a-long-name-that-goes-on-and-on', revision: 40, after: { address: '10.0.0.7' }, hash: 'ef' },
  { sequence: 6, at: '2026-11-22T07:00:00Z', user: 'admin', action: 'created', kind: 'token', name: 'ci', revision: 39, after: { role: 'operator' }, hash: '01' },
];

/** 13 is this registry's unlucky number, so that a refusal can be looked at. */
function refusalOf({ spec }: RuleDocument): Reply | null {
  const violations = refsOf(spec).filter(({ weight }) => weight === 13).map(({ pointer }) => ({ document: 0, pointer: `${pointer}/weight`, message: 'must be 0 to 1000000 but was 13' }));
  return violations.length === 0 ? null : { status: 400, body: { type: 'about:blank', title: 'Bad Request', status: 400, detail: 'The rule is not valid.', violations } };
}

function warningsOf({ spec }: RuleDocument) {
  return refsOf(spec).filter(({ weight }) => weight === 0).map(({ pointer, version }) => ({ pointer: `${pointer}/weight`, message: `Version '${version}' gets no calls.` }));
}

function refsOf(spec: RuleDocument['spec']) {
  const rules = spec['rules'] as { backendRefs?: { version: string; weight?: number }[] }[];
  return rules.flatMap((rule, r) => (rule.backendRefs ?? []).map((ref, b) => ({ ...ref, pointer: `/spec/rules/${r}/backendRefs/${b}` })));
}

function ok(body: unknown): Reply {
  return { status: 200, body };
}

function found(body: unknown): Reply {
  return body === null ? problem(404, 'Not Found', 'There is no such thing here.') : ok(body);
}

function tagged(document: RuleDocument, warnings: readonly unknown[] = []): Reply {
  const body = warnings.length === 0 ? document : { ...document, warnings };
  return { status: 200, body, headers: { etag: `"${document.metadata.revision}"` } };
}

function problem(status: number, title: string, detail: string): Reply {
  return { status, body: { type: 'about:blank', title, status, detail } };
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
  }
  const text = Buffer.concat(chunks).toString();
  return text === '' ? null : JSON.parse(text);
}

const EXPLANATION = {
  revision: 57,
  route: {
    rule: 'Route/inventory',
    revision: 42,
    index: 1,
    name: 'rest',
    reason: 'The first rule that matches decides.',
    rules: [
      { index: 0, name: 'testers', matches: false },
      { index: 1, name: 'rest', matches: true },
      { index: 2, name: '', matches: true },
    ],
    document: { name: 'rest', backendRefs: [{ version: 'v1', weight: 80 }, { version: 'v2', weight: 20 }, { version: 'v9', weight: 5 }], retry: { attempts: 2 } },
  },
  policy: { rule: 'TrafficPolicy/inventory', revision: 17 },
  lane: 'blue',
  backends: [
    { service: 'inventory', version: 'v1', weight: 80, percent: 80, chosen: false },
    { service: 'inventory', version: 'v2', weight: 20, percent: 20, chosen: true },
    { service: 'inventory', version: 'v9', weight: 5, percent: 0, chosen: false, out: 'no instance is listed' },
  ],
  candidates: [
    { service: 'inventory', instance: { id: '10.0.0.3-8080', version: 'v1', zone: 'default', lane: null, status: 'UP' }, candidate: false, reasons: ['the sticky key chooses another backend', 'breaker of v1 open at storefront/10.0.0.9-8080'] },
    { service: 'inventory', instance: { id: '10.0.0.4-8080', version: 'v2', zone: 'default', lane: null, status: 'UP' }, candidate: true, reasons: [] },
    { service: 'inventory', instance: { id: '10.0.0.5-8080', version: 'v2', zone: 'default', lane: null, status: 'DRAINING' }, candidate: false, reasons: ['draining, and others are not', 'ejected by storefront/10.0.0.9-8080'] },
  ],
  callers: [
    { service: 'orders', id: '10.0.0.8-8080', applied: 57, inForce: true, breakers: { v1: 'closed' }, ejected: [], rejected: [] },
    { service: 'storefront', id: '10.0.0.9-8080', applied: 41, inForce: false, breakers: { v1: 'open', v2: 'closed' }, ejected: ['10.0.0.5-8080'], rejected: [] },
  ],
};
