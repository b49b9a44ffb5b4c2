import type { ServiceDetail } from '../api/types';
import { Code } from '../ui/Code';
import { Empty } from '../ui/Empty';
import { Skeleton } from '../ui/Skeleton';
import { toYaml } from '../ui/yaml';
import { EditorActions } from './EditorActions';
import { ExplainPanel } from './ExplainPanel';
import { HistoryPanel } from './HistoryPanel';
import { LiveSplit } from './LiveSplit';
import { Preview } from './Preview';
import { ReportView } from './ReportView';
import { RouteHead } from './RouteHead';
import { SplitSliders } from './SplitSliders';
import { useEditor } from './useEditor';

interface Props {
  readonly detail: ServiceDetail;
  readonly refresh: () => Promise<void>;
}

/** One service: the split in force, the change that is drafted, and what the traffic does. */
export function RouteEditor({ detail, refresh }: Props) {
  const editor = useEditor(detail, refresh);
  if (!editor.ready) {
    return <Skeleton what="route" />;
  }
  return (
    <div class="editor">
      <section class="card editor__edit" aria-label="Split">
        <RouteHead editor={editor} />
        {editor.lanes.length < 2 ? <NothingToSplit versions={editor.lanes.map(({ label }) => label)} /> : <SplitSliders editor={editor} service={detail} />}
        {editor.lanes.length >= 2 && <Preview editor={editor} />}
        <ReportView editor={editor} />
        {(editor.lanes.length >= 2 || editor.route !== null) && <EditorActions editor={editor} service={detail.name} />}
      </section>
      <LiveSplit editor={editor} detail={detail} />
      <ExplainPanel key={detail.name} service={detail.name} />
      {editor.route !== null && (
        <details class="card rule editor__document">
          <summary>
            <strong>Route in force</strong> <span class="muted">as the registry holds it</span>
          </summary>
          <Code text={toYaml({ ...editor.route, metadata: { name: editor.route.metadata.name } })} label={`Route ${editor.route.metadata.name}`} />
        </details>
      )}
      <HistoryPanel name={editor.route?.metadata.name ?? detail.name} revision={editor.route?.metadata.revision ?? null} onRolledBack={refresh} />
    </div>
  );
}

function NothingToSplit({ versions }: { versions: readonly string[] }) {
  return (
    <Empty title={versions.length === 0 ? 'No version runs now' : `Only ${versions.join()} runs`} icon="split">
      <p>
        Traffic can be split when two versions run. Start another instance with <code>mesh.instance.version: v2</code>, and it appears here.
      </p>
    </Empty>
  );
}
