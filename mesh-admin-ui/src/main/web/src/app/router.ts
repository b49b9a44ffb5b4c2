import { computed, signal } from '@preact/signals';

/** Where the reader is. Everything lives behind the hash, so that the server has one page only. */
export interface Place {
  readonly page: string;
  readonly name: string | null;
  readonly query: Readonly<Record<string, string>>;
}

export function parse(hash: string): Place {
  const [path = '', search = ''] = hash.replace(/^#?\/?/, '').split('?', 2);
  const [page = '', name] = path.split('/', 2);
  return { page: page || 'topology', name: name ? decode(name) : null, query: Object.fromEntries(new URLSearchParams(search)) };
}

export function hrefOf(page: string, name?: string | null, query: Readonly<Record<string, string>> = {}): string {
  const search = new URLSearchParams(query).toString();
  return `#/${page}${name ? `/${encodeURIComponent(name)}` : ''}${search ? `?${search}` : ''}`;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const hash = signal(typeof location === 'undefined' ? '' : location.hash);

export const place = computed(() => parse(hash.value));

export function followLocation(): void {
  addEventListener('hashchange', () => {
    hash.value = location.hash;
  });
}

/** Changes the place without a new entry in the history, as a selection does. */
export function replacePlace(href: string): void {
  history.replaceState(null, '', href);
  hash.value = href;
}
