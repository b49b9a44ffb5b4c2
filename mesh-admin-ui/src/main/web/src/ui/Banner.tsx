import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './Icon';

export type Tone = 'info' | 'ok' | 'warn' | 'bad';

interface Props {
  readonly tone: Tone;
  readonly title?: string;
  readonly testId?: string;
  readonly children?: ComponentChildren;
}

const ICONS: Readonly<Record<Tone, IconName>> = { info: 'info', ok: 'ok', warn: 'warn', bad: 'bad' };

export function Banner({ tone, title, testId, children }: Props) {
  return (
    <div class={`banner banner--${tone}`} data-testid={testId}>
      <Icon name={ICONS[tone]} />
      <div class="banner__text">
        {title && <strong>{title}</strong>}
        {children && <div>{children}</div>}
      </div>
    </div>
  );
}
