import type { RuleDocument } from '../api/types';
import { Code } from '../ui/Code';
import { agoOf } from '../ui/format';
import { useNow } from '../ui/useNow';
import { toYaml } from '../ui/yaml';

/** The rules that hold for a service, as they are. */
export function RuleList({ rules }: { rules: readonly RuleDocument[] }) {
  const now = useNow();
  return (
    <section class="card" aria-labelledby="rules">
      <h2 id="rules" class="card__title">
        Rules
      </h2>
      {rules.length === 0 && <p class="muted">None: the defaults hold. Calls are balanced over all instances, failed connections are tried again elsewhere.</p>}
      {rules.map((rule) => (
        <details key={`${rule.kind}/${rule.metadata.name}`} class="rule" open={rules.length <= 2}>
          <summary>
            <strong>{rule.kind}</strong> {rule.metadata.name}
            {rule.metadata.revision !== undefined && (
              <span class="muted">
                {' '}
                revision {rule.metadata.revision}
                {rule.metadata.updatedBy ? `, by ${rule.metadata.updatedBy}` : ''}, {agoOf(rule.metadata.updatedAt, now)}
              </span>
            )}
          </summary>
          <Code text={textOf(rule)} label={`${rule.kind} ${rule.metadata.name}`} />
        </details>
      ))}
    </section>
  );
}

function textOf({ apiVersion, kind, metadata, spec }: RuleDocument): string {
  return toYaml({ apiVersion, kind, metadata: { name: metadata.name }, spec });
}
