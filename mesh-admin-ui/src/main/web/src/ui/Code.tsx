/** Text to read or copy as it is. It can be scrolled by keyboard. */
export function Code({ text, label }: { text: string; label: string }) {
  return (
    <pre class="code" role="region" tabindex={0} aria-label={label}>
      <code>{text}</code>
    </pre>
  );
}
