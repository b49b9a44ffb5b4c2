import { useState } from 'preact/hooks';
import { ApiError, unreachable } from '../api/problem';
import { registry } from '../api/registry';
import type { Explanation } from '../api/types';
import { Banner } from '../ui/Banner';
import { ExplainAnswer } from './ExplainAnswer';
import { questionOf } from './question';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** Asks the registry what would become of a request. Nothing is sent to the service. */
export function ExplainPanel({ service }: { service: string }) {
  const [method, setMethod] = useState('GET');
  const [path, setPath] = useState('/');
  const [source, setSource] = useState('');
  const [headers, setHeaders] = useState('');
  const [answer, setAnswer] = useState<Explanation | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const [busy, setBusy] = useState(false);

  const ask = async (event: Event): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    try {
      setAnswer(await registry.explain(questionOf({ service, source, method, path, headers })));
      setError(null);
    } catch (cause) {
      setAnswer(null);
      setError(cause instanceof ApiError ? cause : unreachable());
    }
    setBusy(false);
  };
  return (
    <section class="card explain" aria-labelledby="explain">
      <h2 id="explain" class="card__title">
        Explain <span class="muted">what would become of a request; nothing is sent</span>
      </h2>
      <form class="explain__form" onSubmit={(event) => void ask(event)}>
        <label class="field">
          Method
          <select value={method} onChange={(event) => setMethod(event.currentTarget.value)}>
            {METHODS.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
        <label class="field explain__path">
          Path
          <input type="text" value={path} spellcheck={false} onInput={(event) => setPath(event.currentTarget.value)} />
        </label>
        <label class="field">
          Calling service
          <input type="text" value={source} spellcheck={false} placeholder="any" onInput={(event) => setSource(event.currentTarget.value)} />
        </label>
        <label class="field explain__headers">
          <span>
            Headers <span class="muted">one in a line, Name: value</span>
          </span>
          <textarea rows={2} value={headers} spellcheck={false} onInput={(event) => setHeaders(event.currentTarget.value)} />
        </label>
        <button type="submit" class="button button--primary" disabled={busy}>
          {busy ? 'Asking…' : 'Explain'}
        </button>
      </form>
      {error !== null && (
        <Banner tone="bad" title={error.message} testId="explain-error">
          {error.violations.map(({ pointer, message }) => (
            <div key={pointer + message}>
              {pointer} {message}
            </div>
          ))}
        </Banner>
      )}
      {answer !== null && <ExplainAnswer answer={answer} />}
    </section>
  );
}
