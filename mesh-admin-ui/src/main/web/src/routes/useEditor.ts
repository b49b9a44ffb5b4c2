import { useState } from 'preact/hooks';
import { ApiError, unreachable } from '../api/problem';
import { registry } from '../api/registry';
import type { Note, ServiceDetail } from '../api/types';
import { defaultRule, type RouteDocument } from './document';
import { type Lane, lanesOf, moved, newRoute, rebased, withLanes } from './lanes';
import { useRoute } from './useRoute';

/** What the registry said about the last check, change or deletion. */
export type Report =
  | { readonly kind: 'checked'; readonly warnings: readonly Note[] }
  | { readonly kind: 'applied'; readonly revision: number | null; readonly warnings: readonly Note[] }
  | { readonly kind: 'deleted' }
  | { readonly kind: 'failed'; readonly error: ApiError };

export type Phase = 'idle' | 'checking' | 'applying' | 'deleting';

export type Editor = ReturnType<typeof useEditor>;

/** The state of one route's editor: what is in force, what is drafted, and what came of it. */
export function useEditor(detail: ServiceDetail, refresh: () => Promise<void>) {
  const [draft, setDraft] = useState<readonly Lane[] | null>(null);
  const [chosen, setChosen] = useState(Number.POSITIVE_INFINITY);
  const [why, setWhy] = useState('');
  const [phase, setPhase] = useState<Phase>('idle');
  const [report, setReport] = useState<Report | null>(null);
  const { base, newest, reload, accept } = useRoute(detail, draft === null && phase === 'idle');
  const route = base?.route ?? null;
  const etag = base?.etag ?? null;
  const ruleIndex = ruleOf(route, chosen);
  const current = lanesIn(route, ruleIndex, detail);
  const lanes = draft ?? current;
  const document = route === null ? newRoute(detail.name, lanes) : withLanes(route, ruleIndex, lanes);

  const attempt = async (during: Phase, action: () => Promise<Report>): Promise<void> => {
    setPhase(during);
    setReport(null);
    setReport(await action().catch(failed));
    setPhase('idle');
  };
  const edit = (next: readonly Lane[] | null): void => {
    setDraft(next);
    setReport(null);
  };

  return {
    ready: base !== null,
    dirty: draft !== null,
    outdated: draft !== null && newest !== (route?.metadata.revision ?? null),
    route,
    ruleIndex,
    current,
    lanes,
    why,
    phase,
    report,
    say: setWhy,
    chooseRule: (index: number): void => {
      setChosen(index);
      edit(null);
    },
    move: (index: number, weight: number): void => edit(moved(lanes, index, weight)),
    reset: (): void => edit(null),
    reload: async (keep: boolean): Promise<void> => {
      const fresh = (await reload()).route;
      edit(keep && draft !== null ? rebased(draft, lanesIn(fresh, ruleOf(fresh, chosen), detail)) : null);
    },
    check: (): Promise<void> => attempt('checking', async () => ({ kind: 'checked', warnings: (await registry.check(document, etag)).warnings ?? [] })),
    apply: (): Promise<void> =>
      attempt('applying', async () => {
        const { warnings, ...saved } = await registry.save(document, etag, why);
        accept(saved as RouteDocument);
        setDraft(null);
        setWhy('');
        await refresh();
        return { kind: 'applied', revision: saved.metadata.revision ?? null, warnings: warnings ?? [] };
      }),
    remove: (): Promise<void> =>
      attempt('deleting', async () => {
        await registry.remove('Route', document.metadata.name, etag, why);
        accept(null);
        setDraft(null);
        setWhy('');
        await refresh();
        return { kind: 'deleted' };
      }),
  };
}

function lanesIn(route: RouteDocument | null, index: number, { name, instances }: ServiceDetail): Lane[] {
  return lanesOf(route?.spec.rules[index] ?? null, name, instances);
}

function ruleOf(route: RouteDocument | null, chosen: number): number {
  return route === null ? 0 : Math.min(chosen, defaultRule(route));
}

function failed(cause: unknown): Report {
  return { kind: 'failed', error: cause instanceof ApiError ? cause : unreachable() };
}
