import type { Drain, InstanceStatus } from '../api/types';
import { Pill, type PillTone } from '../ui/Pill';

const STATES: Readonly<Record<InstanceStatus, readonly [tone: PillTone, word: string, meaning: string]>> = {
  UP: ['ok', 'Up', 'ready and renewing its lease'],
  STARTING: ['idle', 'Starting', 'registered, not ready yet'],
  SUSPECT: ['warn', 'Suspect', 'its line broke or its beats stopped: used only when nothing better is left'],
  DOWN: ['bad', 'Down', 'it reports that it is not ready'],
  DRAINING: ['idle', 'Draining', 'it is leaving and finishes what it has begun'],
};

export function StatusPill({ status }: { status: InstanceStatus }) {
  const [tone, word] = STATES[status] ?? (['idle', status] as const);
  return <Pill tone={tone}>{word}</Pill>;
}

export function meaningOf(status: InstanceStatus, drain?: Drain): string {
  if (status === 'DRAINING' && drain !== undefined && drain.scope !== 'self') {
    return 'an operator took it out of use: callers choose others, it goes on running, and Undo brings it back';
  }
  return STATES[status]?.[2] ?? '';
}
