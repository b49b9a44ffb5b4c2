import { Icon, type IconName } from '../ui/Icon';

const LINES = [
  ['ok', 'Healthy', 'less than 1% of calls fail'],
  ['warn', 'Degraded', '1% to 5% fail, a breaker is half-open or an instance is ejected'],
  ['bad', 'Failing', '5% or more fail, a breaker is open or nothing is up'],
  ['idle', 'Idle', 'no calls in this time'],
] as const;

const SIGNS: readonly (readonly [IconName, string, string])[] = [
  ['open', 'Breaker open', 'callers send nothing there for now'],
  ['half', 'Half-open', 'callers are trying a few calls'],
  ['ejected', 'Ejected', 'instances that callers leave out'],
  ['split', 'Loses lane', 'calls without the lane of their request'],
];

/** What the colours and signs mean, in a native popover. */
export function Legend() {
  return (
    <>
      <button type="button" class="button" popovertarget="legend">
        <Icon name="info" />
        <span class="button__text">Legend</span>
      </button>
      <div id="legend" popover="auto" class="popover" role="dialog" aria-label="Legend">
        <dl class="meaning">
          {LINES.map(([health, name, text]) => (
            <div key={health}>
              <dt>
                <span class={`swatch swatch--${health}`} aria-hidden="true" />
                {name}
              </dt>
              <dd>{text}</dd>
            </div>
          ))}
          {SIGNS.map(([icon, name, text]) => (
            <div key={icon}>
              <dt>
                <Icon name={icon} />
                {name}
              </dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
        <p class="muted">On a line: calls per second · share of errors, and below p99. The thicker, the more calls. Keys: arrows move, Enter opens, Escape closes, + − 0 zoom.</p>
      </div>
    </>
  );
}
