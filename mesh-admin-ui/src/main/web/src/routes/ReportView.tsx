import type { ApiError } from '../api/problem';
import type { Note } from '../api/types';
import { Banner } from '../ui/Banner';
import { laneAt } from './lanes';
import type { Editor } from './useEditor';

/** What came of the last action; what belongs to one destination stands there instead. */
export function ReportView({ editor }: { editor: Editor }) {
  const { report } = editor;
  const elsewhere = <T extends Note>(notes: readonly T[]): T[] => notes.filter(({ pointer }) => laneAt(pointer, editor.ruleIndex, editor.lanes) === null);
  return (
    <div class="report" aria-live="polite" data-testid="report">
      {editor.outdated && report === null && <Outdated editor={editor} title="The route has changed meanwhile" text="Your draft starts from an older revision and would be refused." />}
      {report?.kind === 'checked' && (
        <Banner tone={report.warnings.length === 0 ? 'ok' : 'warn'} title={report.warnings.length === 0 ? 'Valid' : 'Valid, with warnings'}>
          The registry would accept this. Nothing was changed.
          <Notes notes={elsewhere(report.warnings)} />
        </Banner>
      )}
      {report?.kind === 'applied' && (
        <Banner tone={report.warnings.length === 0 ? 'ok' : 'warn'} title={report.revision === null ? 'Applied' : `Applied as revision ${report.revision}`}>
          The callers take it over now; watch them beside.
          <Notes notes={elsewhere(report.warnings)} />
        </Banner>
      )}
      {report?.kind === 'deleted' && (
        <Banner tone="ok" title="The route is deleted">
          Calls are balanced over all instances of all versions again.
        </Banner>
      )}
      {report?.kind === 'failed' && (report.error.failure === 'outdated' ? <Outdated editor={editor} title="Not applied: the route has changed meanwhile" text="Somebody changed it after you opened it, so your change was not applied." /> : <Failed error={report.error} notes={elsewhere(report.error.violations)} />)}
    </div>
  );
}

function Outdated({ editor, title, text }: { editor: Editor; title: string; text: string }) {
  return (
    <Banner tone="warn" title={title} testId="outdated">
      <p>{text}</p>
      <div class="actions">
        <button type="button" class="button button--small" onClick={() => void editor.reload(true)}>
          Reload, keep my weights
        </button>
        <button type="button" class="button button--small" onClick={() => void editor.reload(false)}>
          Reload, drop my weights
        </button>
      </div>
    </Banner>
  );
}

const TITLES: Readonly<Partial<Record<ApiError['failure'], string>>> = {
  unreachable: 'The registry does not answer',
  invalid: 'The registry refuses this',
  conflict: 'There is another route for this service',
  forbidden: 'You may not change routes',
  'not-found': 'The route is gone',
};

/** A registry that answers that it cannot is there; whether it took the change is in its words. */
function titleOf({ failure, status }: ApiError): string {
  return failure === 'unreachable' && status !== 0 ? 'The registry takes no changes now' : (TITLES[failure] ?? 'That failed');
}

function Failed({ error, notes }: { error: ApiError; notes: readonly Note[] }) {
  return (
    <Banner tone="bad" title={titleOf(error)} testId="failed">
      {error.message}
      {error.status === 0 && ' It is not known whether the change was taken; the split in force is shown as soon as it answers.'}
      <Notes notes={notes} />
    </Banner>
  );
}

function Notes({ notes }: { notes: readonly Note[] }) {
  return notes.length === 0 ? null : (
    <ul class="notes">
      {notes.map(({ pointer, message }) => (
        <li key={pointer + message}>
          {pointer !== '' && <code>{pointer}</code>} {message}
        </li>
      ))}
    </ul>
  );
}
