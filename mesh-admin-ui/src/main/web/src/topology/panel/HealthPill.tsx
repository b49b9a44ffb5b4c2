import { Pill } from '../../ui/Pill';
import type { Health } from '../model';

const WORDS: Readonly<Record<Health, string>> = { ok: 'healthy', warn: 'degraded', bad: 'failing', idle: 'idle' };

export function HealthPill({ health }: { health: Health }) {
  return <Pill tone={health}>{WORDS[health]}</Pill>;
}
