import { errorOf, unreachable } from './problem';

/** A look that takes this long counts as no answer; a change gets more time, because its outcome matters. */
const TIMEOUT_MS = { GET: 4000, POST: 10_000, PUT: 10_000, DELETE: 10_000 } as const;

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

export interface Call {
  readonly method?: Method;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answer<T> {
  readonly status: number;
  readonly body: T;
  readonly etag: string | null;
}

let csrf: string | null = null;
let onSignedOut: () => void = () => undefined;

/** The token that every changing call carries, empty where none is needed; null while nobody is signed in. */
export function setCsrfToken(token: string | null): void {
  csrf = token;
}

/** Called when the registry no longer knows the session. */
export function whenSignedOut(listener: () => void): void {
  onSignedOut = listener;
}

/** Calls the registry. Paths are relative to the page, so that a prefix of a proxy in front is kept. */
export async function call<T>(path: string, { method = 'GET', body, headers = {} }: Call = {}): Promise<Answer<T>> {
  const response = await send(path, method, body, headers);
  const content = await contentOf(response);
  if (!response.ok) {
    if (response.status === 401 && csrf !== null) {
      onSignedOut();
    }
    throw errorOf(response.status, content, response.headers.get('retry-after'));
  }
  return { status: response.status, body: content as T, etag: response.headers.get('etag') };
}

async function send(path: string, method: Method, body: unknown, headers: Readonly<Record<string, string>>): Promise<Response> {
  try {
    return await fetch(path, {
      method,
      headers: { accept: 'application/json', ...headersOf(method, body), ...headers },
      body: body === undefined ? null : JSON.stringify(body),
      credentials: 'same-origin',
      cache: 'no-store',
      signal: AbortSignal.timeout(TIMEOUT_MS[method]),
    });
  } catch {
    throw unreachable();
  }
}

function headersOf(method: Method, body: unknown): Record<string, string> {
  return {
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(method === 'GET' || !csrf ? {} : { 'x-mesh-csrf': csrf }),
  };
}

async function contentOf(response: Response): Promise<unknown> {
  let text: string;
  try {
    text = await response.text();
  } catch {
    throw unreachable();
  }
  try {
    return text === '' ? null : JSON.parse(text);
  } catch {
    return null;
  }
}
