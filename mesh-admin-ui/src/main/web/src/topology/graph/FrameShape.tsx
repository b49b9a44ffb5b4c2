import type { Frame } from './layout';
import { shorten } from './text';

/** The frame around the versions of one service. */
export function FrameShape({ frame: { service, box }, dim }: { frame: Frame; dim: boolean }) {
  return (
    <g class={`frame${dim ? ' is-dim' : ''}`} transform={`translate(${box.x} ${box.y})`} aria-hidden="true">
      <rect class="frame__box" width={box.width} height={box.height} rx="14" />
      <text class="frame__name" x="12" y="18">
        {shorten(service, box.width < 260 ? 21 : 40)}
      </text>
    </g>
  );
}
