import { useEffect, useState } from 'preact/hooks';
import { ApiError, unreachable } from '../api/problem';
import { registry } from '../api/registry';
import type { RuleVersion } from '../api/types';
import { Banner } from '../ui/Banner';
import { ChangeList } from '../ui/ChangeList';
import { ConfirmDialog } from '../ui/ConfirmDialog';
import { agoOf } from '../ui/format';
import { Pill, type PillTone } from '../ui/Pill';
import { WhyField } from '../ui/WhyField';
import { useNow } from '../ui/useNow';

interface Props {
  readonly name: string;
  /** What is in force; null while there is no such route. */
  readonly revision: number | null;
  readonly onRolledBack: () => Promise<unknown>;
}

const SHOWN = 20;
const TONES: Readonly<Record<RuleVersion['change'], PillTone>> = { created: 'ok', changed: 'accent', deleted: 'bad', 'rolled-back': 'warn' };

/** Every kept version of a route: who changed what, and the way back to it. */
export function HistoryPanel({ name, revision, onRolledBack }: Props) {
  const [versions, setVersions] = useState<readonly RuleVersion[]>([]);
  const [error, setError] = useState<string | null>(null);
  const [why, setWhy] = useState('');
  const [asked, setAsked] = useState<RuleVersion | null>(null);
  useEffect(() => {
    let wanted = true;
    registry.history('Route', name).then(
      (found) => wanted && setVersions(found),
      (cause: unknown) => wanted && setError(cause instanceof ApiError && cause.failure === 'not-found' ? null : sentenceOf(cause)),
    );
    return () => {
      wanted = false;
    };
  }, [name, revision]);

  const rollBack = async (version: RuleVersion): Promise<void> => {
    setAsked(null);
    setError(null);
    try {
      await registry.rollBack('Route', name, version.revision, revision === null ? null : `"${revision}"`, why);
      setWhy('');
      await onRolledBack();
    } catch (cause) {
      setError(sentenceOf(cause));
    }
  };
  if (versions.length === 0 && error === null) {
    return null;
  }
  return (
    <section class="card editor__history" aria-labelledby="history">
      <h2 id="history" class="card__title">
        History <span class="muted">who changed route {name}, and the way back</span>
      </h2>
      {error !== null && (
        <Banner tone="bad" title="That did not work" testId="history-error">
          {error}
        </Banner>
      )}
      <ol class="history">
        {versions.slice(0, SHOWN).map((version) => (
          <Version key={version.revision} version={version} inForce={version.revision === revision} onAsk={() => setAsked(version)} />
        ))}
      </ol>
      {versions.length > SHOWN && <p class="muted">{versions.length - SHOWN} earlier versions are kept: <code>meshctl history Route/{name}</code></p>}
      {asked !== null && (
        <ConfirmDialog title={`Put revision ${asked.revision} back?`} confirm="Roll back" onConfirm={() => void rollBack(asked)} onClose={() => setAsked(null)}>
          <p>Route {name} gets the content of revision {asked.revision} again, as a new revision. Every caller follows within a moment.</p>
          <WhyField value={why} onInput={setWhy} />
        </ConfirmDialog>
      )}
    </section>
  );
}

function Version({ version, inForce, onAsk }: { version: RuleVersion; inForce: boolean; onAsk: () => void }) {
  const now = useNow();
  return (
    <li class="history__version" data-testid="version">
      <div class="history__head">
        <Pill tone={TONES[version.change]}>{version.change}</Pill>
        <strong>{version.revision}</strong>
        <span class="muted">
          by {version.author}, {agoOf(version.at, now)}
          {version.rolledBackTo !== undefined && `, to ${version.rolledBackTo}`}
        </span>
        <span class="history__action">
          {inForce ? (
            <Pill tone="ok">in force</Pill>
          ) : (
            version.document !== undefined && (
              <button type="button" class="button button--small" onClick={onAsk} aria-label={`Roll back to revision ${version.revision}`}>
                Roll back
              </button>
            )
          )}
        </span>
      </div>
      {version.message !== '' && <p class="history__message">“{version.message}”</p>}
      {version.change !== 'created' && version.change !== 'deleted' && version.changes.length > 0 && (
        <details>
          <summary>{version.changes.length === 1 ? '1 difference' : `${version.changes.length} differences`}</summary>
          <ChangeList changes={version.changes} />
        </details>
      )}
    </li>
  );
}

function sentenceOf(cause: unknown): string {
  return (cause instanceof ApiError ? cause : unreachable()).message;
}
