import { expect, test } from 'vitest';
import { because } from '../src/api/registry';

test('says why only where somebody did', () => {
  expect(because('  ')).toBe('');
  expect(because(' half of it & more ')).toBe('?message=half%20of%20it%20%26%20more');
  expect(because('x', '&')).toBe('&message=x');
});
