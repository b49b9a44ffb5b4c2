import { expect, it } from 'vitest';
import { matching } from '../src/services/filter';
import { toYaml } from '../src/ui/yaml';

it('writes a rule as people write it', () => {
  const rule = { kind: 'Route', spec: { rules: [{ name: 'testers', matches: [{ path: { type: 'PathPrefix', value: '/items' } }], retry: { codes: [502, 503] } }, { backendRefs: [{ version: 'v1', weight: 80 }] }], empty: {}, none: [] } };

  expect(toYaml(rule)).toBe(`kind: Route
spec:
  rules:
  - name: testers
    matches:
    - path:
        type: PathPrefix
        value: /items
    retry:
      codes:
      - 502
      - 503
  - backendRefs:
    - version: v1
      weight: 80
  empty: {}
  none: []`);
});

it('quotes text that would be read as something else', () => {
  expect(toYaml({ a: '1', b: 'true', c: 'x: y', d: '', e: null, f: 'no', g: ['- x'], h: '2s' })).toBe('a: "1"\nb: "true"\nc: "x: y"\nd: ""\ne: null\nf: "no"\ng:\n- "- x"\nh: "2s"');
});

it('filters services by every word of name or version', () => {
  const services = [{ name: 'orders', versions: { v1: { instances: 1, up: 1 } }, revision: 1 }, { name: 'inventory', versions: { v1: { instances: 1, up: 1 }, v2: { instances: 1, up: 1 } }, revision: 1 }];

  expect([matching(services, ''), matching(services, 'V2'), matching(services, 'inv v1'), matching(services, 'x')].map((found) => found.length)).toEqual([2, 1, 1, 0]);
});
