import { describe, expect, it } from 'vitest';
import { errorOf } from '../src/api/problem';
import { signInMessage } from '../src/session/messages';

describe('errorOf', () => {
  it('takes the detail and every violation of a problem document', () => {
    const violations = [{ document: 0, pointer: '/spec/rules/0', message: 'must not be empty' }, { message: 'unknown field' }];

    const error = errorOf(400, { title: 'Bad Request', detail: 'The rule is not valid.', violations }, null);

    expect(error.failure).toBe('invalid');
    expect(error.message).toBe('The rule is not valid.');
    expect(error.violations.map(({ pointer, message }) => [pointer, message])).toEqual([['/spec/rules/0', 'must not be empty'], ['', 'unknown field']]);
  });

  it('says something useful when the answer is no problem document', () => {
    expect(errorOf(500, '<html>', null).message).toBe('The registry answered HTTP 500.');
    expect(errorOf(500, null, null).failure).toBe('server');
    expect(errorOf(404, { title: 'Not Found' }, null).message).toBe('Not Found (HTTP 404).');
  });

  it('drops violations that are none', () => {
    expect(errorOf(400, { violations: [null, 3, { pointer: '/x' }] }, null).violations).toEqual([]);
    expect(errorOf(400, { violations: 'all' }, null).violations).toEqual([]);
  });

  it.each([
    [401, 'signed-out'],
    [403, 'forbidden'],
    [409, 'conflict'],
    [412, 'outdated'],
    [422, 'invalid'],
    [429, 'busy'],
    [503, 'unreachable'],
  ])('maps %i to %s', (status, failure) => {
    expect(errorOf(status, null, null).failure).toBe(failure);
  });

  it('reads Retry-After as seconds and as a date', () => {
    const now = Date.parse('2026-01-01T00:00:00Z');

    expect(errorOf(429, null, '20', now).retryAfterSeconds).toBe(20);
    expect(errorOf(429, null, 'Thu, 01 Jan 2026 00:00:30 GMT', now).retryAfterSeconds).toBe(30);
    expect(errorOf(429, null, 'later', now).retryAfterSeconds).toBeNull();
    expect(errorOf(429, null, null, now).retryAfterSeconds).toBeNull();
  });
});

describe('signInMessage', () => {
  it('tells a wrong password from a held back attempt and from a registry that is away', () => {
    const titles = [401, 429, 503, 400].map((status) => signInMessage(errorOf(status, null, null)).title);

    expect(titles).toEqual(['Wrong user or password', 'Too many attempts', 'The registry does not answer', 'Sign-in failed']);
  });
});
