import { useState } from 'preact/hooks';
import { ConfirmDialog } from '../ui/ConfirmDialog';
import { Icon } from '../ui/Icon';
import { WhyField } from '../ui/WhyField';
import type { Editor } from './useEditor';

export function EditorActions({ editor, service }: { editor: Editor; service: string }) {
  const [asking, setAsking] = useState(false);
  const { phase, dirty, route, lanes } = editor;
  const busy = phase !== 'idle';
  const valid = lanes.length >= 2 && lanes.some(({ weight }) => weight > 0) && (dirty || route === null);
  return (
    <div class="actions">
      {valid && <WhyField value={editor.why} onInput={editor.say} />}
      <button type="button" class="button button--primary" disabled={busy || !valid} onClick={() => void editor.apply()}>
        {phase === 'applying' ? 'Applying…' : route === null ? 'Create route' : 'Apply'}
      </button>
      <button type="button" class="button" disabled={busy || !valid} onClick={() => void editor.check()}>
        {phase === 'checking' ? 'Checking…' : 'Check'}
      </button>
      <button type="button" class="button button--quiet" disabled={busy || !dirty} onClick={editor.reset}>
        Reset
      </button>
      {route !== null && (
        <button type="button" class="button button--quiet button--danger-quiet actions__last" disabled={busy} onClick={() => setAsking(true)}>
          <Icon name="trash" />
          Delete route
        </button>
      )}
      {asking && (
        <ConfirmDialog
          title={`Delete route ${route?.metadata.name ?? service}?`}
          confirm="Delete"
          onClose={() => setAsking(false)}
          onConfirm={() => {
            setAsking(false);
            void editor.remove();
          }}
        >
          <p>
            {route?.spec.rules.length === 1 ? 'Its rule goes' : `Its ${route?.spec.rules.length} rules go`} with it. Calls of {service} are then balanced over all instances of all versions. Its history stays, and brings it back.
          </p>
          <WhyField value={editor.why} onInput={editor.say} />
        </ConfirmDialog>
      )}
    </div>
  );
}
