import { useEffect, useRef, useState } from 'preact/hooks';
import { ApiError } from '../api/problem';
import { etagOf, registry } from '../api/registry';
import type { ServiceDetail } from '../api/types';
import { isRoute, type RouteDocument, routeOf } from './document';

/** A route as it was when it was read: what a change starts from, and the tag that it must name. */
export interface Base {
  readonly route: RouteDocument | null;
  readonly etag: string | null;
}

export interface LoadedRoute {
  readonly base: Base | null;
  /** The revision in force, which may be newer than the one that was read; null without a route. */
  readonly newest: number | null;
  readonly reload: () => Promise<Base>;
  /** Takes over what the registry answered to a change of our own. */
  readonly accept: (route: RouteDocument | null) => void;
}

/** Reads the route of a service with its tag, and again whenever it changes while `follow` holds. */
export function useRoute(detail: ServiceDetail, follow: boolean): LoadedRoute {
  const [base, setBase] = useState<Base | null>(null);
  const own = useRef(0);
  const inForce = routeOf(detail.rules, detail.name);
  const name = inForce?.metadata.name ?? null;
  const newest = inForce?.metadata.revision ?? null;
  const isBehindOwnChange = detail.revision < own.current;

  const reload = async (): Promise<Base> => {
    const found = await read(name, inForce);
    setBase(found);
    return found;
  };
  useEffect(() => {
    if ((follow || base === null) && !isBehindOwnChange) {
      void reload();
    }
  }, [name, newest, follow, isBehindOwnChange]);

  const accept = (route: RouteDocument | null): void => {
    own.current = route?.metadata.revision ?? own.current;
    setBase({ route, etag: route === null ? null : etagOf(route) });
  };
  return { base, newest, reload, accept };
}

async function read(name: string | null, inForce: RouteDocument | null): Promise<Base> {
  if (name === null) {
    return { route: null, etag: null };
  }
  try {
    const { document, etag } = await registry.rule('Route', name);
    return isRoute(document) ? { route: document, etag } : { route: inForce, etag };
  } catch (cause) {
    const gone = cause instanceof ApiError && cause.failure === 'not-found';
    return { route: gone ? null : inForce, etag: gone || inForce === null ? null : etagOf(inForce) };
  }
}
