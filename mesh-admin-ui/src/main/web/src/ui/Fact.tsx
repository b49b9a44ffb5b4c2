import type { ComponentChildren } from 'preact';

interface Props {
  readonly label: string;
  readonly tone?: 'warn' | 'bad' | undefined;
  readonly testId?: string;
  readonly children: ComponentChildren;
}

/** One named value inside a `dl`. */
export function Fact({ label, tone, testId, children }: Props) {
  return (
    <div class={`fact${tone ? ` fact--${tone}` : ''}`} data-testid={testId}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
