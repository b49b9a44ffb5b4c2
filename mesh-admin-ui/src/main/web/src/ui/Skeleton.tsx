const ROWS = [1, 2, 3, 4, 5];

export function Skeleton({ what }: { what: string }) {
  return (
    <div class="skeleton" role="status" aria-label={`Loading the ${what}`}>
      {ROWS.map((row) => (
        <span key={row} class="skeleton__row" />
      ))}
    </div>
  );
}
