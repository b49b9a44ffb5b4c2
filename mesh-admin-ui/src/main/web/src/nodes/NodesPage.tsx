import { useState } from 'preact/hooks';
import { registry } from '../api/registry';
import type { RegistryNodes } from '../api/types';
import { useFeed } from '../api/useFeed';
import { Banner } from '../ui/Banner';
import { FeedView } from '../ui/FeedView';
import { FreshnessMark } from '../ui/Freshness';
import { PageHead } from '../ui/PageHead';
import { NodeTable } from './NodeTable';
import { adviceOf, type SeenNode, seenWith, strangersOf, summaryOf } from './nodes';

const EVERY_MS = 2000;

/** Is the registry itself well: which nodes are there, who answers, and who holds how much. */
export function NodesPage() {
  const [seen, setSeen] = useState<readonly SeenNode[]>([]);
  const { state } = useFeed(registry.nodes, EVERY_MS, [], (answer) => setSeen((before) => seenWith(before, answer, Date.now())));
  return (
    <div class="page">
      <PageHead title="Nodes">
        <FreshnessMark state={state} />
      </PageHead>
      <FeedView state={state} what="list of nodes">
        {(answer: RegistryNodes) => (
          <>
            <p class="muted">{summaryOf(answer)}</p>
            <Strangers text={strangersOf(answer)} />
            <NodeTable nodes={seen} />
            <Advice answer={answer} />
          </>
        )}
      </FeedView>
    </div>
  );
}

function Strangers({ text }: { text: string | null }) {
  return text === null ? null : (
    <Banner tone="warn" title="Participants of another registry" testId="strangers">
      {text}
    </Banner>
  );
}

function Advice({ answer }: { answer: RegistryNodes }) {
  return (
    <section class="card advice" aria-labelledby="advice">
      <h2 id="advice" class="card__title">
        {answer.connected ? 'If a node is away' : 'What to do'}
      </h2>
      <p class="muted">{adviceOf(answer)}</p>
      <p class="muted">
        For an alarm: <code>meshctl check --nodes 3</code> ends with 1 as soon as fewer are there, or one is read-only.
      </p>
    </section>
  );
}
