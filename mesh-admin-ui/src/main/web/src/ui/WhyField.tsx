/** Why something is changed; whoever looks at the history will ask. */
export function WhyField({ value, onInput }: { value: string; onInput: (text: string) => void }) {
  return (
    <label class="field why">
      <span>
        Message <span class="muted">kept in the history, may be empty</span>
      </span>
      <input type="text" maxLength={500} autocomplete="off" placeholder="why it is changed" value={value} onInput={(event) => onInput(event.currentTarget.value)} />
    </label>
  );
}
