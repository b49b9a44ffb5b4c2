import { expect, test } from 'vitest';
import { questionOf } from '../src/routes/question';

const FORM = { service: 'inventory', source: '', method: 'GET', path: '/', headers: '' };

test('takes query and headers apart', () => {
  expect(questionOf({ ...FORM, source: ' storefront ', path: ' /items/1?a=b%20c&a=d&e ', headers: 'x-beta: 1\n\n x-user:ann:b \nx-empty' })).toEqual({
    service: 'inventory',
    source: 'storefront',
    method: 'GET',
    path: '/items/1',
    headers: { 'x-beta': '1', 'x-user': 'ann:b', 'x-empty': '' },
    queryParams: { a: 'b c', e: '' },
  });
});

test('leaves out what is not given', () => {
  expect(questionOf({ ...FORM, path: '' })).toEqual({ service: 'inventory', method: 'GET', path: '/', headers: {}, queryParams: {} });
});
