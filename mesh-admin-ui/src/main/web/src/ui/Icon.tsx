/** Own line icons on a 16 by 16 grid; always decoration, the words are beside them. */
const PATHS = {
  mark: 'M5 8l6-3.4M5 8l6 3.4',
  graph: 'M4.6 8h3M8.5 7 11.5 4.5M8.5 9l3 2.5',
  nodes: 'M2.5 2.500h11v4.500h-11zM2.5 9h11v4.500h-11zM5 4.750h.01M5 11.250h.01',
  list: 'M5.5 4h8M5.5 8h8M5.5 12h8M2.5 4h.01M2.5 8h.01M2.5 12h.01',
  split: 'M2 8h4l4-4h4M6 8l4 4h4M12 2l2 2-2 2M12 10l2 2-2 2',
  user: 'M8 8a2.6 2.6 0 1 0 0-5.2A2.6 2.6 0 0 0 8 8zM3 13.4c.6-2.2 2.6-3.4 5-3.4s4.4 1.2 5 3.4',
  warn: 'M8 2.5 14.3 13.300H1.700zM8 6.500v3.200M8 11.500v.01',
  bad: 'M5.3 2h5.400L14 5.300v5.400L10.7 14H5.300L2 10.700V5.300zM6 6l4 4M10 6l-4 4',
  ok: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM5.4 8.200l1.8 1.8 3.4-3.8',
  info: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 7.500v3.500M8 5.200v.01',
  idle: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM5.5 8h5',
  close: 'M4 4l8 8M12 4l-8 8',
  plus: 'M8 3.500v9M3.5 8h9',
  minus: 'M3.5 8h9',
  fit: 'M2.5 6V2.500H6M10 2.500h3.500V6M13.5 10v3.500H10M6 13.500H2.500V10',
  search: 'M7 11.500a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM10.3 10.300l3.2 3.2',
  arrow: 'M3 8h10M9 4l4 4-4 4',
  out: 'M4 12 12 4M6 4h6v6',
  clock: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 4.800V8l2.2 1.5',
  half: 'M2 8h4M10 8h4M6 8l3.6-2.400M6 6.500v3M10 6.500v3',
  open: 'M2 8h4M10 8h4M6 8l3-4M6 6.500v3M10 6.500v3',
  ejected: 'M3.5 12.500h9M8 3 3.8 9h8.400z',
  trash: 'M3 4.500h10M6.5 4.500V3h3v1.500M4.5 4.500l.6 8.500h5.800l.6-8.5',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class={`icon icon--${name}`} viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
      <IconShape name={name} />
    </svg>
  );
}

/** The shape alone, for use inside another drawing. */
export function IconShape({ name }: { name: IconName }) {
  return (
    <>
      <path d={PATHS[name]} />
      {name === 'mark' && <Dots r={1.9} at={[[4.6, 8], [11.4, 4.5], [11.4, 11.5]]} />}
      {name === 'graph' && <Dots r={1.7} at={[[3.2, 8], [8, 8], [12.7, 3.5], [12.7, 12.5]]} />}
    </>
  );
}

function Dots({ r, at }: { r: number; at: readonly (readonly [number, number])[] }) {
  return (
    <>
      {at.map(([x, y]) => (
        <circle key={`${x},${y}`} class="icon__dot" cx={x} cy={y} r={r} />
      ))}
    </>
  );
}
