import type { Question } from '../api/types';

interface Form {
  readonly service: string;
  readonly source: string;
  readonly method: string;
  readonly path: string;
  readonly headers: string;
}

/** What is asked: the query of the path and the lines of headers, taken apart. */
export function questionOf({ service, source, method, path, headers }: Form): Question {
  const [plain = '', query = ''] = path.trim().split(/\?(.*)/s, 2);
  return {
    service,
    ...(source.trim() === '' ? {} : { source: source.trim() }),
    method,
    path: plain === '' ? '/' : plain,
    headers: Object.fromEntries(headers.split('\n').flatMap(headerOf)),
    queryParams: Object.fromEntries([...new URLSearchParams(query)].reverse()),
  };
}

function headerOf(line: string): [string, string][] {
  const colon = line.indexOf(':');
  const name = (colon < 0 ? line : line.slice(0, colon)).trim();
  return name === '' ? [] : [[name, colon < 0 ? '' : line.slice(colon + 1).trim()]];
}
