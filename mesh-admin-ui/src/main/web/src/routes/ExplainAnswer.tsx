import type { Explanation, ExplainedCandidate } from '../api/types';
import { Code } from '../ui/Code';
import { Pill } from '../ui/Pill';
import { ShareBar } from '../ui/ShareBar';
import { toYaml } from '../ui/yaml';

/** The rule that decides, where it sends to, and who could get the request. */
export function ExplainAnswer({ answer }: { answer: Explanation }) {
  return (
    <div class="explain__answer" data-testid="explanation" aria-live="polite">
      <DecidingRule answer={answer} />
      <div class="explain__column">
        <Backends answer={answer} />
        <Callers answer={answer} />
      </div>
      <Candidates candidates={answer.candidates} />
    </div>
  );
}

function DecidingRule({ answer: { route, policy, lane } }: { answer: Explanation }) {
  return (
    <div>
      <h3>Rule</h3>
      <p>
        {route.index === undefined ? route.reason : `${route.rule}, revision ${route.revision}. ${route.reason}`} {policy !== undefined && `Callers treat the service by ${policy.rule}, revision ${policy.revision}.`}
        {lane !== '' && ` The request is in lane ${lane}.`}
      </p>
      <ol class="explain__rules">
        {route.rules.map(({ index, name, matches }) => (
          <li key={index} class={index === route.index ? 'explain__rule explain__rule--decides' : 'explain__rule'} data-testid="explained-rule">
            <span>{name === '' ? `Rule ${index + 1}` : name}</span>
            {index === route.index ? <Pill tone="accent">decides</Pill> : <span class="muted">{matches ? 'fits, but comes later' : 'does not fit'}</span>}
          </li>
        ))}
      </ol>
      {route.document !== undefined && (
        <details>
          <summary>The rule as it was written</summary>
          <Code text={toYaml(route.document)} label="Deciding rule" />
        </details>
      )}
    </div>
  );
}

function Backends({ answer: { backends } }: { answer: Explanation }) {
  const shares = backends.map(({ service, version, percent }) => ({ label: version === '' ? `${service}, any version` : version, share: percent / 100 }));
  return (
    <div>
      <h3>Shares</h3>
      <ShareBar shares={shares} label="Shares" />
      <ul class="explain__list">
        {backends.map(({ service, version, percent, out, chosen }, i) => (
          <li key={`${service}/${version}`} data-testid="explained-backend">
            <span class={`legend__key series-${i % 6}`} aria-hidden="true" /> {version === '' ? `${service}, any version` : `${service} ${version}`} <strong>{percent} %</strong> {chosen === true && <Pill tone="accent">chosen by the sticky key</Pill>}
            {out !== undefined && <span class="muted"> {out}</span>}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Candidates({ candidates }: { candidates: readonly ExplainedCandidate[] }) {
  return (
    <div>
      <h3>Instances</h3>
      {candidates.length === 0 ? (
        <p class="muted">None is listed.</p>
      ) : (
        <ul class="explain__list">
          {candidates.map(({ service, instance, candidate, reasons }) => (
            <li key={`${service}/${instance.id}`} data-testid="explained-instance">
              {candidate ? <Pill tone="ok">candidate</Pill> : <Pill tone="idle">left out</Pill>} <strong>{instance.id}</strong>{' '}
              <span class="muted">
                {instance.version}, zone {instance.zone}
                {instance.lane != null && `, lane ${instance.lane}`}, {instance.status.toLowerCase()}
              </span>
              {reasons.map((reason) => (
                <div key={reason} class="explain__reason">
                  {reason}
                </div>
              ))}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Callers({ answer: { callers } }: { answer: Explanation }) {
  const behind = callers.filter(({ inForce }) => !inForce);
  return (
    <div>
      <h3>Callers</h3>
      <p>
        {callers.length === 0 ? 'No caller is known.' : behind.length === 0 ? `All ${callers.length} run these rules.` : `${callers.length - behind.length} of ${callers.length} run these rules.`}
      </p>
      <ul class="explain__list">
        {callers
          .filter(({ inForce, ejected, breakers }) => !inForce || ejected.length > 0 || Object.values(breakers).some((state) => state !== 'closed'))
          .map(({ service, id, applied, inForce, ejected, breakers, rejected }) => (
            <li key={`${service}/${id}`}>
              <strong>{service}</strong> <span class="mono">{id}</span> {!inForce && <Pill tone="warn">runs revision {applied}</Pill>}
              {ejected.length > 0 && <div class="explain__reason">leaves out {ejected.join(', ')}</div>}
              {Object.entries(breakers)
                .filter(([, state]) => state !== 'closed')
                .map(([version, state]) => (
                  <div key={version} class="explain__reason">
                    its breaker of {version} is {state}
                  </div>
                ))}
              {rejected.map(({ rule, reason }) => (
                <div key={rule} class="explain__reason">
                  cannot use {rule}: {reason}
                </div>
              ))}
            </li>
          ))}
      </ul>
    </div>
  );
}
