import type { Instance } from '../api/types';
import { Banner } from '../ui/Banner';
import { agoOf } from '../ui/format';
import { useNow } from '../ui/useNow';
import { DrainMeter } from './DrainMeter';
import type { DrainTarget } from './drains';
import { meaningOf, StatusPill } from './StatusPill';
import type { DrainAction } from './useDrain';
import { DrainButton } from './VersionBar';

interface Props {
  readonly instances: readonly Instance[];
  readonly action: DrainAction;
  readonly onAsk: (target: DrainTarget) => void;
}

export function InstanceTable({ instances, action, onAsk }: Props) {
  const now = useNow();
  return (
    <section class="card card--flush" aria-labelledby="instances">
      <h2 id="instances" class="card__title">
        Instances
      </h2>
      {instances.length === 0 ? (
        <p class="card__note muted">None is registered now.</p>
      ) : (
        <table class="table table--cards">
          <thead>
            <tr>
              {['Instance', 'Status', 'Version', 'Zone', 'Address', 'Registered', 'Last beat', 'Applied'].map((title) => (
                <th key={title} scope="col" class={title === 'Applied' ? 'number' : undefined}>
                  {title}
                </th>
              ))}
              <th scope="col">
                <span class="visually-hidden">Drain</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {instances.map((instance) => (
              <Row key={instance.id} instance={instance} now={now} action={action} onAsk={onAsk} />
            ))}
          </tbody>
        </table>
      )}
      <Rejected instances={instances} />
    </section>
  );
}

function Row({ instance, now, action, onAsk }: Omit<Props, 'instances'> & { readonly instance: Instance; readonly now: number }) {
  const { drain } = instance;
  return (
    <tr data-testid="instance" data-instance={instance.id} data-status={instance.status}>
      <th scope="row" class="mono wrap">
        {instance.id}
      </th>
      <td data-label="Status" title={meaningOf(instance.status, drain)}>
        <div>
          <StatusPill status={instance.status} />
          {drain && <DrainMeter drain={drain} now={now} />}
        </div>
      </td>
      <td data-label="Version">
        <span class="tag">{instance.version}</span>
      </td>
      <td data-label="Zone">{instance.zone ?? '–'}</td>
      <td data-label="Address" class="mono wrap">
        {`${instance.scheme ?? 'http'}://${hostOf(instance.host)}:${instance.port}`}
      </td>
      <td data-label="Registered" title={instance.registeredAt ?? undefined}>
        {agoOf(instance.registeredAt, now)}
      </td>
      <td data-label="Last beat" title={instance.lastBeat ?? undefined}>
        {agoOf(instance.lastBeat, now)}
      </td>
      <td data-label="Applied" class="number">
        {instance.applied ?? '–'}
      </td>
      <td class="number">{(drain === undefined || drain.scope === 'instance') && <DrainButton target={{ scope: 'instance', name: instance.id }} drained={drain !== undefined} action={action} onAsk={onAsk} />}</td>
    </tr>
  );
}

/** Rules that some instance cannot use, and why. */
function Rejected({ instances }: { instances: readonly Instance[] }) {
  const entries = instances.flatMap(({ id, rejected = [] }) => rejected.map((rule) => ({ id, ...rule })));
  return entries.length === 0 ? null : (
    <div class="card__note">
      <Banner tone="warn" title="Rules that are not in force everywhere" testId="rejected">
        <ul>
          {entries.map(({ id, rule, revision, reason }) => (
            <li key={`${id} ${rule} ${revision}`}>
              <span class="mono">{id}</span> cannot use {rule} of revision {revision}: {reason}
            </li>
          ))}
        </ul>
      </Banner>
    </div>
  );
}

function hostOf(host: string): string {
  return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
}
