export interface Link {
  readonly from: string;
  readonly to: string;
}

/** The links without those that would close a circle, found from the sources on. */
export function withoutCycles(ids: readonly string[], links: readonly Link[]): Link[] {
  const leaving = grouped(links);
  const entered = new Set(links.map((link) => link.to));
  const open = new Set<string>();
  const done = new Set<string>();
  const kept: Link[] = [];
  const visit = (id: string): void => {
    open.add(id);
    for (const link of leaving.get(id) ?? []) {
      if (!open.has(link.to)) {
        kept.push(link);
        if (!done.has(link.to)) {
          visit(link.to);
        }
      }
    }
    open.delete(id);
    done.add(id);
  };
  for (const id of [...ids.filter((source) => !entered.has(source)), ...ids]) {
    if (!done.has(id)) {
      visit(id);
    }
  }
  return kept;
}

/** How many calls deep each one is: the longest way from a source. */
export function ranksOf(ids: readonly string[], forward: readonly Link[]): Map<string, number> {
  const ranks = new Map(ids.map((id) => [id, 0]));
  for (let changed = true, round = 0; changed && round <= ids.length; round++) {
    changed = false;
    for (const { from, to } of forward) {
      const next = (ranks.get(from) ?? 0) + 1;
      if (next > (ranks.get(to) ?? 0)) {
        ranks.set(to, next);
        changed = true;
      }
    }
  }
  return ranks;
}

function grouped(links: readonly Link[]): Map<string, Link[]> {
  const groups = new Map<string, Link[]>();
  for (const link of links) {
    groups.set(link.from, [...(groups.get(link.from) ?? []), link]);
  }
  return groups;
}
