import { agoOf } from '../ui/format';
import { useNow } from '../ui/useNow';
import { describeRule, isUnconditional } from './document';
import type { Editor } from './useEditor';

/** What is in force, since when and by whom, and which of several rules is edited. */
export function RouteHead({ editor }: { editor: Editor }) {
  const now = useNow();
  const { route, ruleIndex } = editor;
  if (route === null) {
    return (
      <header class="card__head">
        <h2 class="card__title">No route yet</h2>
        <p class="muted">Calls are balanced over all instances of all versions.{editor.lanes.length > 1 && ' Set the shares below to create a route.'}</p>
      </header>
    );
  }
  const { name, revision, updatedBy, updatedAt } = route.metadata;
  const rule = route.spec.rules[ruleIndex];
  return (
    <header class="card__head">
      <h2 class="card__title">Route {name}</h2>
      <p class="muted" data-testid="route-revision">
        {revision === undefined ? 'In force' : `Revision ${revision}`}
        {updatedBy ? `, by ${updatedBy}` : ''}
        {updatedAt ? `, ${agoOf(updatedAt, now)}` : ''}
      </p>
      {route.spec.rules.length > 1 && (
        <label class="field field--inline">
          <span>Rule</span>
          <select value={ruleIndex} onChange={(event) => editor.chooseRule(Number(event.currentTarget.value))}>
            {route.spec.rules.map((each, i) => (
              <option key={i} value={i}>
                {describeRule(each, i)}
              </option>
            ))}
          </select>
        </label>
      )}
      {rule !== undefined && !isUnconditional(rule) && <p class="muted">This rule has conditions: the split holds only for requests that match them.</p>}
    </header>
  );
}
