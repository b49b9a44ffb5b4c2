import { Icon } from '../../ui/Icon';
import type { ViewportControl } from './useViewport';

export function GraphTools({ control }: { control: ViewportControl }) {
  return (
    <div class="graph__tools" role="group" aria-label="Zoom">
      <button type="button" class="button button--icon" aria-label="Zoom in" onClick={() => control.zoomBy(1.25)}>
        <Icon name="plus" />
      </button>
      <button type="button" class="button button--icon" aria-label="Zoom out" onClick={() => control.zoomBy(0.8)}>
        <Icon name="minus" />
      </button>
      <button type="button" class="button button--icon" aria-label="Show all" onClick={control.fitAll}>
        <Icon name="fit" />
      </button>
    </div>
  );
}
