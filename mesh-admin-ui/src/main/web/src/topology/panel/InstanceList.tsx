import { registry } from '../../api/registry';
import { useFeed } from '../../api/useFeed';
import { StatusPill } from '../../services/StatusPill';
import { plural } from '../../ui/format';
import type { GraphNode } from '../model';

const EVERY_MS = 2000;

/** The instances of one version, as the registry knows them now. */
export function InstanceList({ node }: { node: GraphNode }) {
  const { state } = useFeed(() => registry.service(node.service), EVERY_MS, [node.service]);
  const instances = state.value?.instances.filter(({ version }) => version === node.version) ?? [];
  return (
    <section aria-label="Instances">
      <h3>Instances</h3>
      {state.value === null ? (
        <p class="muted">{state.error === null ? 'Loading…' : `${node.up} of ${plural(node.instances, 'instance')} up. ${state.error.message}`}</p>
      ) : instances.length === 0 ? (
        <p class="muted">None is registered now.</p>
      ) : (
        <ul class="instances">
          {instances.map(({ id, status }) => (
            <li key={id}>
              <span class="clip mono" title={id}>
                {id}
              </span>
              <StatusPill status={status} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
