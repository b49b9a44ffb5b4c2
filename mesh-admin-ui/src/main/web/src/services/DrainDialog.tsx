import type { Instance } from '../api/types';
import { ConfirmDialog } from '../ui/ConfirmDialog';
import { plural } from '../ui/format';
import { type DrainTarget, leftAfter } from './drains';

interface Props {
  readonly service: string;
  readonly target: DrainTarget;
  readonly instances: readonly Instance[];
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

export function DrainDialog({ service, target, instances, onConfirm, onClose }: Props) {
  const left = leftAfter(instances, target);
  return (
    <ConfirmDialog title={target.scope === 'version' ? `Drain version ${target.name}?` : `Drain ${target.name}?`} confirm="Drain" onClose={onClose} onConfirm={onConfirm}>
      <p>
        Callers choose other instances of {service}; requests in flight are finished, and nothing is stopped. It holds until you take it back, also when the instance or the registry restarts.
      </p>
      {left === 0 ? <p>No other instance is up: calls still go to it, because nothing better is left.</p> : <p>{plural(left, 'instance')} of {service} {left === 1 ? 'stays' : 'stay'} up.</p>}
    </ConfirmDialog>
  );
}
