import type { Watcher } from '../api/types';
import { hrefOf } from '../app/router';
import { Pill } from '../ui/Pill';

/** Who calls this service, and whether it works with the newest state. */
export function WatcherTable({ watchers, revision }: { watchers: readonly Watcher[]; revision: number }) {
  return (
    <section class="card card--flush" aria-labelledby="watchers">
      <h2 id="watchers" class="card__title">
        Watchers <span class="muted">instances that follow this service</span>
      </h2>
      {watchers.length === 0 ? (
        <p class="card__note muted">Nobody watches this service yet. A caller does from its first call on.</p>
      ) : (
        <table class="table">
          <thead>
            <tr>
              <th scope="col">Service</th>
              <th scope="col">Instance</th>
              <th scope="col">State</th>
              <th scope="col" class="number wide">
                Applied
              </th>
            </tr>
          </thead>
          <tbody>
            {watchers.map((watcher) => (
              <tr key={`${watcher.service}/${watcher.id}`} data-testid="watcher">
                <th scope="row">
                  <a href={hrefOf('services', watcher.service)}>{watcher.service}</a>
                </th>
                <td class="mono wrap">{watcher.id}</td>
                <td>{(watcher.applied ?? 0) >= revision ? <Pill tone="ok">current</Pill> : <Pill tone="warn">behind</Pill>}</td>
                <td class="number wide">{watcher.applied ?? '–'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
