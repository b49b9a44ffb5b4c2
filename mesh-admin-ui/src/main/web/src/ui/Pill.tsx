import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './Icon';

export type PillTone = 'ok' | 'warn' | 'bad' | 'idle' | 'accent';

const ICONS: Readonly<Record<PillTone, IconName | null>> = { ok: 'ok', warn: 'warn', bad: 'bad', idle: 'idle', accent: null };

/** A state in a word; the icon repeats the colour for those who do not see it. */
export function Pill({ tone, children }: { tone: PillTone; children: ComponentChildren }) {
  const icon = ICONS[tone];
  return (
    <span class={`pill pill--${tone}`}>
      {icon && <Icon name={icon} />}
      {children}
    </span>
  );
}
