import { Icon } from '../ui/Icon';

/** Shown until the registry says who the reader is. */
export function Opening({ failing }: { failing: boolean }) {
  return (
    <main class="gate">
      <div class="gate__card" role="status">
        <h1 class="gate__title">
          <Icon name="mark" />
          Mesh Up
        </h1>
        {failing ? (
          <>
            <p class="gate__fail">
              <Icon name="warn" />
              The registry does not answer
            </p>
            <p class="muted">
              This page came from it, so it ran a moment ago. Trying again every two seconds; the dashboard opens by itself as soon as it is back.
            </p>
          </>
        ) : (
          <p class="muted">Connecting to the registry…</p>
        )}
      </div>
    </main>
  );
}
