import type { Difference } from '../api/types';

const SIGNS = { add: '+', remove: '−', replace: '±' } as const;
const WORDS = { add: 'added', remove: 'removed', replace: 'changed' } as const;

/** What differs between two documents, a line for each place. */
export function ChangeList({ changes }: { changes: readonly Difference[] }) {
  return (
    <ul class="changes">
      {changes.map((change) => (
        <li key={change.path} class={`change change--${change.op}`}>
          <span class="change__sign" aria-hidden="true">
            {SIGNS[change.op]}
          </span>
          <span class="visually-hidden">{WORDS[change.op]} </span>
          <code>{change.path || '/'}</code> <span class="change__value">{valueOf(change)}</span>
        </li>
      ))}
    </ul>
  );
}

function valueOf({ op, from, to }: Difference): string {
  switch (op) {
    case 'add':
      return JSON.stringify(to);
    case 'remove':
      return JSON.stringify(from);
    case 'replace':
      return `${JSON.stringify(from)} → ${JSON.stringify(to)}`;
  }
}
