import { useState } from 'preact/hooks';
import { registry } from '../api/registry';
import type { AuditEntry } from '../api/types';
import { useFeed } from '../api/useFeed';
import { Code } from '../ui/Code';
import { Empty } from '../ui/Empty';
import { FeedView } from '../ui/FeedView';
import { FreshnessMark } from '../ui/Freshness';
import { agoOf } from '../ui/format';
import { PageHead } from '../ui/PageHead';
import { useNow } from '../ui/useNow';
import { toYaml } from '../ui/yaml';

const EVERY_MS = 5000;
const FIELDS = ['user', 'kind', 'name'] as const;

/** Who changed what, for administrators. */
export function AuditPage() {
  const [filter, setFilter] = useState<Readonly<Record<string, string>>>({});
  const asked = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== ''));
  const { state } = useFeed(() => registry.audit({ ...asked, limit: '100' }), EVERY_MS, [JSON.stringify(asked)]);
  return (
    <div class="page">
      <PageHead title="Audit">
        <FreshnessMark state={state} />
      </PageHead>
      <form class="audit__filter" aria-label="Filter" onSubmit={(event) => event.preventDefault()}>
        {FIELDS.map((field) => (
          <label key={field} class="field">
            <span>{field.charAt(0).toUpperCase() + field.slice(1)}</span>
            <input
              type="search"
              autocapitalize="none"
              spellcheck={false}
              value={filter[field] ?? ''}
              onChange={(event) => setFilter({ ...filter, [field]: event.currentTarget.value.trim() })}
            />
          </label>
        ))}
      </form>
      <FeedView state={state} what="audit log">
        {(entries) =>
          entries.length === 0 ? (
            <Empty title="Nothing was noted" icon="search">
              <p>No entry matches. Names and kinds are compared as a whole.</p>
            </Empty>
          ) : (
            <ol class="card history audit" aria-label="Entries, the newest first">
              {entries.map((entry) => (
                <Entry key={entry.sequence} entry={entry} />
              ))}
            </ol>
          )
        }
      </FeedView>
      <p class="muted">
        The newest 100. Everything, with the hashes that chain it: <code>meshctl audit --export</code>. Whether nobody changed it: <code>meshctl audit --verify</code>.
      </p>
    </div>
  );
}

function Entry({ entry }: { entry: AuditEntry }) {
  const now = useNow();
  return (
    <li class="history__version" data-testid="audit-entry">
      <div class="history__head">
        <strong>
          {entry.kind} {entry.name}
        </strong>
        <span>{entry.action === entry.kind ? '' : entry.action}</span>
        <span class="muted">
          by {entry.user}, {agoOf(entry.at, now)}
        </span>
        <span class="muted history__action">#{entry.sequence}</span>
      </div>
      {entry.message !== undefined && <p class="history__message">“{entry.message}”</p>}
      {(entry.before !== undefined || entry.after !== undefined) && (
        <details>
          <summary>Before and after</summary>
          <div class="audit__sides">
            <Side title="Before" value={entry.before} name={`${entry.sequence} before`} />
            <Side title="After" value={entry.after} name={`${entry.sequence} after`} />
          </div>
        </details>
      )}
    </li>
  );
}

function Side({ title, value, name }: { title: string; value: unknown; name: string }) {
  return (
    <div>
      <p class="muted">{title}</p>
      {value === undefined ? <p class="muted">nothing</p> : <Code text={toYaml(value)} label={name} />}
    </div>
  );
}
