const WINDOWS = [
  ['10s', 'Last 10 s'],
  ['60s', 'Last minute'],
] as const;

/** Over which time the numbers are averages. */
export function WindowChoice({ value, onChange }: { value: string; onChange: (window: string) => void }) {
  return (
    <label class="choice">
      <span class="visually-hidden">Averages over</span>
      <select value={value} onChange={(event) => onChange(event.currentTarget.value)}>
        {WINDOWS.map(([window, text]) => (
          <option key={window} value={window}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}
