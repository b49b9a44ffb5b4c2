import { plural } from '../ui/format';
import { type Graph, nameOf } from './model';
import type { Selection } from './selection';

export interface Concern {
  readonly target: Exclude<Selection, null>;
  readonly where: string;
  readonly text: string;
  readonly tone: 'warn' | 'bad';
}

/** What someone should look at, the worst first. */
export function concerns({ nodes, edges }: Graph): Concern[] {
  const found: Concern[] = [];
  for (const node of nodes.filter(({ outside, up, instances }) => !outside && up < instances)) {
    const text = `${node.instances - node.up} of ${plural(node.instances, 'instance')} not up`;
    found.push({ target: { kind: 'node', id: node.id }, where: nameOf(node), text, tone: node.up === 0 ? 'bad' : 'warn' });
  }
  for (const edge of edges) {
    const text = troublesOf(edge).join(', ');
    if (text !== '') {
      found.push({ target: { kind: 'edge', id: edge.id }, where: `${nameOf(edge.source)} → ${nameOf(edge.destination)}`, text, tone: edge.breaker === 'open' ? 'bad' : 'warn' });
    }
  }
  return found.sort((a, b) => Number(b.tone === 'bad') - Number(a.tone === 'bad'));
}

function troublesOf({ breaker, ejected, laneLost }: { readonly breaker: string; readonly ejected: number; readonly laneLost: number }): string[] {
  return [...(breaker === 'closed' ? [] : [`breaker ${breaker}`]), ...(ejected > 0 ? [`${ejected} ejected`] : []), ...(laneLost > 0 ? ['loses lane'] : [])];
}
