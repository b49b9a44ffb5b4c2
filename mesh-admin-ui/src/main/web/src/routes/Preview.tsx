import { ShareBar, ShareLegend } from '../ui/ShareBar';
import { laneShares } from './lanes';
import type { Editor } from './useEditor';
import { changesInWords } from './words';

/** Before and after, as bars and in words. */
export function Preview({ editor }: { editor: Editor }) {
  const before = laneShares(editor.current);
  const after = laneShares(editor.lanes);
  const words = changesInWords(before, after);
  return (
    <section class="preview" aria-label="Preview" data-testid="preview">
      <dl class="bars">
        <div>
          <dt>{editor.route === null ? 'By instances' : 'In force'}</dt>
          <dd>
            <ShareBar shares={before} label="In force" />
            <ShareLegend shares={before} />
          </dd>
        </div>
        {editor.dirty && (
          <div>
            <dt>Draft</dt>
            <dd>
              <ShareBar shares={after} label="Draft" />
              <ShareLegend shares={after} />
            </dd>
          </div>
        )}
      </dl>
      {editor.dirty && (
        <ul class="changes" aria-label="What changes">
          {words.length === 0 ? <li>Nothing changes.</li> : words.map((text) => <li key={text}>{text}</li>)}
        </ul>
      )}
    </section>
  );
}
