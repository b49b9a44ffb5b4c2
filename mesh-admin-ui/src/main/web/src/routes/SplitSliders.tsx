import type { ServiceDetail } from '../api/types';
import { percent, plural } from '../ui/format';
import { Icon } from '../ui/Icon';
import { type Lane, laneAt, laneShares } from './lanes';
import type { Editor } from './useEditor';

/** Two versions share one slider; of more each has its own. */
export function SplitSliders({ editor, service }: { editor: Editor; service: ServiceDetail }) {
  const { lanes } = editor;
  const shares = laneShares(lanes);
  return (
    <div class="lanes">
      {lanes.map((lane, i) => (
        <LaneRow key={lane.label} lane={lane} index={i} share={shares[i]?.share ?? 0} editor={editor} service={service} slider={lanes.length > 2} />
      ))}
      {lanes.length === 2 && <PairSlider editor={editor} />}
      {shares.every(({ share }) => share === 0) && <p class="problem" role="alert">At least one version must get calls.</p>}
    </div>
  );
}

interface RowProps {
  readonly lane: Lane;
  readonly index: number;
  readonly share: number;
  readonly editor: Editor;
  readonly service: ServiceDetail;
  readonly slider: boolean;
}

function LaneRow({ lane, index, share, editor, service, slider }: RowProps) {
  const up = service.instances.filter(({ version, status }) => version === lane.version && status === 'UP').length;
  return (
    <div class="lane" data-testid="lane" data-version={lane.label}>
      <span class={`legend__key series-${index % 6}`} aria-hidden="true" />
      <span class="lane__name">{lane.label}</span>
      <span class="muted lane__note">{lane.version === null ? 'another service' : `${plural(up, 'instance')} up`}</span>
      <span class="lane__share" data-testid={`share-${lane.label}`}>
        {percent(share)}
      </span>
      {slider && (
        <input class={`slider series-${index % 6}`} type="range" min="0" max="100" step="1" value={lane.weight} aria-label={`Weight of ${lane.label}`} aria-valuetext={`weight ${lane.weight}, ${percent(share)} of calls`} onInput={(event) => editor.move(index, event.currentTarget.valueAsNumber)} />
      )}
      <LaneProblems index={index} editor={editor} />
      {share > 0 && up === 0 && lane.version !== null && (
        <p class="problem problem--warn">
          <Icon name="warn" />
          No instance of {lane.label} is up: its share goes to the others until one is.
        </p>
      )}
    </div>
  );
}

/** What the registry said about exactly this destination. */
function LaneProblems({ index, editor }: { index: number; editor: Editor }) {
  const { report, lanes, ruleIndex } = editor;
  const violations = report?.kind === 'failed' ? report.error.violations : [];
  const warnings = report?.kind === 'checked' || report?.kind === 'applied' ? report.warnings : [];
  const mine = ({ pointer }: { pointer: string }): boolean => laneAt(pointer, ruleIndex, lanes) === index;
  return (
    <>
      {violations.filter(mine).map(({ message, pointer }) => (
        <p key={pointer + message} class="problem" role="alert" data-testid="violation">
          <Icon name="bad" />
          {message}
        </p>
      ))}
      {warnings.filter(mine).map(({ message, pointer }) => (
        <p key={pointer + message} class="problem problem--warn" data-testid="warning">
          <Icon name="warn" />
          {message}
        </p>
      ))}
    </>
  );
}

/** To the right the second version gets more. */
function PairSlider({ editor }: { editor: Editor }) {
  const [first, second] = editor.lanes;
  if (first === undefined || second === undefined) {
    return null;
  }
  return (
    <label class="pair">
      <span class="visually-hidden">{`Share of ${second.label}`}</span>
      <span class="pair__end" aria-hidden="true">
        {first.label}
      </span>
      <input class="slider slider--pair" type="range" min="0" max="100" step="1" value={second.weight} aria-label={`Share of ${second.label}`} aria-valuetext={`${first.label} ${first.weight}%, ${second.label} ${second.weight}%`} onInput={(event) => editor.move(1, event.currentTarget.valueAsNumber)} data-testid="split" />
      <span class="pair__end" aria-hidden="true">
        {second.label}
      </span>
    </label>
  );
}
