import { Fact } from '../ui/Fact';
import { Icon } from '../ui/Icon';
import type { Concern } from './attention';
import { selectionHref } from './selection';

/** How many things need a look, and on request which. */
export function ConcernList({ concerns }: { concerns: readonly Concern[] }) {
  const worst = concerns[0]?.tone;
  if (concerns.length === 0) {
    return (
      <Fact label="Attention" testId="concerns">
        0
      </Fact>
    );
  }
  return (
    <Fact label="Attention" tone={worst} testId="concerns">
      <button type="button" class="fact__button" popovertarget="concerns">
        {concerns.length} <span class="fact__more">show</span>
        <span class="visually-hidden"> what needs attention</span>
      </button>
      <div id="concerns" popover="auto" class="popover popover--end" role="dialog" aria-label="What needs attention">
        <ul class="concerns">
          {concerns.map(({ target, where, text, tone }) => (
            <li key={`${target.kind} ${target.id}`}>
              <a href={selectionHref(target)} class={`concern concern--${tone}`} onClick={hidePopover}>
                <Icon name={tone} />
                <span>
                  <strong>{where}</strong>
                  <br />
                  {text}
                </span>
              </a>
            </li>
          ))}
        </ul>
      </div>
    </Fact>
  );
}

function hidePopover(event: Event): void {
  (event.currentTarget as Element).closest<HTMLElement>('[popover]')?.hidePopover();
}
