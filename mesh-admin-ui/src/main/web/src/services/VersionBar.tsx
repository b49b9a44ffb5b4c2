import type { ServiceDetail } from '../api/types';
import { Banner } from '../ui/Banner';
import { plural } from '../ui/format';
import { absentOf, type DrainTarget, versionsOf } from './drains';
import type { DrainAction } from './useDrain';

interface Props {
  readonly service: ServiceDetail;
  readonly action: DrainAction;
  readonly onAsk: (target: DrainTarget) => void;
}

/** Whole versions, to be drained or taken back, and drains that wait for an instance to come. */
export function VersionBar({ service, action, onAsk }: Props) {
  const absent = absentOf(service);
  return (
    <section class="card" aria-labelledby="versions">
      <h2 id="versions" class="card__title">
        Versions
      </h2>
      {action.error !== null && (
        <Banner tone="bad" title="Nothing was changed" testId="drain-error">
          {action.error}
        </Banner>
      )}
      <ul class="versions">
        {versionsOf(service).map(({ version, instances, by }) => (
          <li key={version} data-testid="version" data-version={version}>
            <span class="tag">{version}</span>
            <span class="muted">{by === null ? plural(instances, 'instance') : `${plural(instances, 'instance')}, drained by ${by}`}</span>
            <DrainButton target={{ scope: 'version', name: version }} drained={by !== null} action={action} onAsk={onAsk} />
          </li>
        ))}
        {absent.map((id) => (
          <li key={id} data-testid="absent">
            <span class="mono wrap">{id}</span>
            <span class="muted">is not here; it stays drained when it comes back</span>
            <DrainButton target={{ scope: 'instance', name: id }} drained={true} action={action} onAsk={onAsk} />
          </li>
        ))}
      </ul>
    </section>
  );
}

export function DrainButton({ target, drained, action, onAsk }: { target: DrainTarget; drained: boolean; action: DrainAction; onAsk: (target: DrainTarget) => void }) {
  const what = target.scope === 'version' ? `version ${target.name}` : target.name;
  return drained ? (
    <button type="button" class="button button--small" disabled={action.busy} aria-label={`Undo the drain of ${what}`} onClick={() => void action.undo(target)}>
      Undo
    </button>
  ) : (
    <button type="button" class="button button--small" disabled={action.busy} aria-label={`Drain ${what}`} onClick={() => onAsk(target)}>
      Drain
    </button>
  );
}
