import type { Health } from '../model';

const KINDS: readonly Health[] = ['ok', 'warn', 'bad', 'idle'];

/** The arrow heads, one per colour, because a marker cannot take the colour of its line everywhere. */
export function Defs() {
  return (
    <defs>
      {KINDS.map((health) => (
        <marker key={health} id={`arrow-${health}`} class={`arrow arrow--${health}`} viewBox="0 0 8 8" refX="1" refY="4" markerWidth="10" markerHeight="10" markerUnits="userSpaceOnUse" orient="auto">
          <path d="M0,0.6 L8,4 L0,7.4z" />
        </marker>
      ))}
    </defs>
  );
}
