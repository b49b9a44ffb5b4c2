import type { RegistryNode, RegistryNodes } from '../api/types';
import { plural } from '../ui/format';

/** A node as the page shows it: one that is there, or one that was there a while ago. */
export interface SeenNode extends RegistryNode {
  readonly lastSeen: number;
  readonly gone: boolean;
}

/** How long a node that went is still named: longer than anybody needs to walk to a screen. */
const REMEMBERED_MS = 15 * 60_000;

/** A node that went simply is not told any more, so those that were seen are kept here for a while. */
export function seenWith(before: readonly SeenNode[], answer: RegistryNodes, now: number): SeenNode[] {
  const present = answer.nodes.map((node) => ({ ...node, lastSeen: now, gone: false }));
  const ids = new Set(present.map(({ id }) => id));
  const gone = before.filter(({ id, lastSeen }) => !ids.has(id) && now - lastSeen < REMEMBERED_MS).map((node) => ({ ...node, self: false, gone: true }));
  return [...present, ...gone];
}

/** What the nodes as a whole are like, in one sentence. */
export function summaryOf({ connected, nodes }: RegistryNodes): string {
  if (!connected) {
    return 'The node that answers does not reach Redis. What the others do is not known here.';
  }
  if (nodes.length === 1) {
    return 'One node serves this mesh.';
  }
  const versions = [...new Set(nodes.map(({ version }) => version).filter((version) => version))];
  const mixed = versions.length > 1 ? ` They run ${versions.join(' and ')}: an upgrade that is under way, or one that was left halfway.` : '';
  return `${nodes.length} nodes serve this mesh; any of them may go.${mixed}`;
}

/** What it means that participants knew another registry; nothing where none did. */
export function strangersOf({ strangers = [] }: RegistryNodes): string | null {
  const all = strangers.reduce((sum, { participants }) => sum + participants, 0);
  return all === 0
    ? null
    : `Within the last hour ${plural(all, 'participant')} came with the state of another registry. If the data directory or Redis was lost or replaced, restore the backup: the rules of before are not here. If this is not their registry, correct mesh.registry.urls there.`;
}

/** What to do when something is missing. */
export function adviceOf({ connected, nodes }: RegistryNodes): string {
  if (!connected) {
    return "Look at Redis and at the network between; this node's log says what fails. Participants that know another node's address have moved there, the others go on with what they know.";
  }
  if (nodes.length === 1) {
    return 'Calls go on with what the callers know, also over their own restarts. Until it is back, rules cannot change and new instances are not found. Where that is too little, several nodes share a Redis (docs/operations.md).';
  }
  return 'Its instances open a line to another node within a second, and no call fails. Look at the log of a node that should be there, and start it again: it takes over its share by itself.';
}
