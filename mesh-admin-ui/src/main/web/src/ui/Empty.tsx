import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './Icon';

interface Props {
  readonly title: string;
  readonly icon: IconName;
  readonly testId?: string;
  readonly children?: ComponentChildren;
}

/** A page or panel that has nothing to show, and says why and what to do. */
export function Empty({ title, icon, testId, children }: Props) {
  return (
    <section class="empty" data-testid={testId}>
      <span class="empty__icon">
        <Icon name={icon} />
      </span>
      <h2>{title}</h2>
      {children}
    </section>
  );
}
