import type { Note } from './types';

/** Why a call of the registry failed, in the terms that the pages act on. */
export type Failure = 'unreachable' | 'signed-out' | 'forbidden' | 'not-found' | 'outdated' | 'busy' | 'invalid' | 'conflict' | 'server';

export interface Violation extends Note {
  readonly document?: number;
}

interface ProblemBody {
  readonly title?: unknown;
  readonly detail?: unknown;
  readonly violations?: unknown;
}

/** A failed call. The message is a sentence that can be shown. */
export class ApiError extends Error {
  constructor(
    readonly failure: Failure,
    readonly status: number,
    message: string,
    readonly violations: readonly Violation[] = [],
    readonly retryAfterSeconds: number | null = null,
  ) {
    super(message);
    this.name = 'ApiError';
  }
}

export function unreachable(): ApiError {
  return new ApiError('unreachable', 0, 'The registry did not answer.');
}

/** Maps an answer of the registry, with or without a problem document, to an error. */
export function errorOf(status: number, body: unknown, retryAfter: string | null, now = Date.now()): ApiError {
  const problem: ProblemBody = typeof body === 'object' && body !== null ? body : {};
  return new ApiError(failureOf(status), status, messageOf(status, problem), violationsOf(problem), secondsOf(retryAfter, now));
}

function failureOf(status: number): Failure {
  switch (status) {
    case 400:
    case 422:
      return 'invalid';
    case 401:
      return 'signed-out';
    case 403:
      return 'forbidden';
    case 404:
      return 'not-found';
    case 409:
      return 'conflict';
    case 412:
      return 'outdated';
    case 429:
      return 'busy';
    case 502:
    case 503:
    case 504:
      return 'unreachable';
    default:
      return 'server';
  }
}

function messageOf(status: number, problem: ProblemBody): string {
  if (typeof problem.detail === 'string' && problem.detail !== '') {
    return problem.detail;
  }
  if (typeof problem.title === 'string' && problem.title !== '') {
    return `${problem.title} (HTTP ${status}).`;
  }
  return `The registry answered HTTP ${status}.`;
}

function violationsOf(problem: ProblemBody): Violation[] {
  if (!Array.isArray(problem.violations)) {
    return [];
  }
  return problem.violations.flatMap((entry: unknown) => {
    const violation = entry as Partial<Violation> | null;
    return typeof violation?.message === 'string' ? [{ ...violation, message: violation.message, pointer: violation.pointer ?? '' }] : [];
  });
}

/** `Retry-After` is a number of seconds or a date. */
function secondsOf(retryAfter: string | null, now: number): number | null {
  if (retryAfter === null || retryAfter.trim() === '') {
    return null;
  }
  const seconds = Number(retryAfter);
  if (Number.isFinite(seconds)) {
    return Math.max(0, Math.ceil(seconds));
  }
  const at = Date.parse(retryAfter);
  return Number.isNaN(at) ? null : Math.max(0, Math.ceil((at - now) / 1000));
}
