import { describe, expect, it } from 'vitest';
import { hrefOf, parse } from '../src/app/router';

describe('router', () => {
  it('opens the topology when nothing is said', () => {
    expect([parse(''), parse('#'), parse('#/')].map(({ page }) => page)).toEqual(['topology', 'topology', 'topology']);
  });

  it('reads back what it wrote', () => {
    const href = hrefOf('topology', null, { edge: 'a@v1->b@v2' });

    expect(parse(href)).toEqual({ page: 'topology', name: null, query: { edge: 'a@v1->b@v2' } });
    expect(parse(hrefOf('services', 'a/b c'))).toEqual({ page: 'services', name: 'a/b c', query: {} });
  });

  it('does not stumble over a broken address', () => {
    expect(parse('#/services/%E0%A4%A').name).toBe('%E0%A4%A');
  });
});
