import type { ComponentChildren } from 'preact';
import { Icon } from '../../ui/Icon';
import { select } from '../selection';

interface Props {
  readonly label: string;
  readonly title: ComponentChildren;
  readonly children: ComponentChildren;
}

export function Panel({ label, title, children }: Props) {
  return (
    <aside class="panel" aria-label={label} data-testid="panel">
      <header class="panel__head">
        <h2>{title}</h2>
        <button type="button" class="button button--quiet button--icon" aria-label="Close details" onClick={() => select(null)}>
          <Icon name="close" />
        </button>
      </header>
      <div class="panel__body" role="region" aria-label={label} tabindex={0}>
        {children}
      </div>
    </aside>
  );
}
