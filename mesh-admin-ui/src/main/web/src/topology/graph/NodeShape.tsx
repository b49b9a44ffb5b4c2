import { percent, perSecond } from '../../ui/format';
import { IconShape } from '../../ui/Icon';
import { type GraphNode, nameOf } from '../model';
import { select } from '../selection';
import type { Box } from './geometry';
import { shorten } from './text';

interface Props {
  readonly node: GraphNode;
  readonly box: Box | undefined;
  readonly framed: boolean;
  readonly selected: boolean;
  readonly dim: boolean;
  readonly tabbable: boolean;
}

export function NodeShape({ node, box, framed, selected, dim, tabbable }: Props) {
  if (box === undefined) {
    return null;
  }
  const toggle = (): void => select(selected ? null : { kind: 'node', id: node.id });
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      toggle();
    }
  };
  return (
    <g
      class={`node node--${node.health}${node.outside ? ' node--outside' : ''}${selected ? ' is-selected' : ''}${dim ? ' is-dim' : ''}`}
      transform={`translate(${box.x.toFixed(1)} ${box.y.toFixed(1)})`}
      role="button"
      tabindex={tabbable ? 0 : -1}
      aria-pressed={selected}
      aria-label={labelOf(node)}
      data-id={node.id}
      data-testid="node"
      data-health={node.health}
      onClick={toggle}
      onKeyDown={onKeyDown}
    >
      <rect class="node__ring" x="-4" y="-4" width={box.width + 8} height={box.height + 8} rx="15" />
      <rect class="node__card" width={box.width} height={box.height} rx="11" />
      {node.outside ? <Outside node={node} box={box} /> : <Service node={node} box={box} framed={framed} />}
    </g>
  );
}

function Outside({ node, box }: { node: GraphNode; box: Box }) {
  return (
    <>
      <text class="node__name node__name--centre" x={box.width / 2} y="21">
        outside
      </text>{' '}
      <text class="node__meta node__meta--centre" x={box.width / 2} y="37">
        {perSecond(node.rate)}
      </text>{' '}
    </>
  );
}

function Service({ node, box, framed }: { node: GraphNode; box: Box; framed: boolean }) {
  const missing = node.up < node.instances;
  const title = framed ? node.version || 'no version' : node.service;
  return (
    <>
      <rect class="node__mark" x="0" y="14" width="4" height={box.height - 28} rx="2" />
      <text class="node__name" x="16" y="25">
        {shorten(title, framed ? 20 : 15)}
      </text>{' '}
      {!framed && node.version !== '' && (
        <text class="node__version" x={box.width - 14} y="25">
          {shorten(node.version, 7)}
        </text>
      )}{' '}
      <text class="node__meta" x="16" y="45">
        {trafficOf(node)}
      </text>{' '}
      {missing && (
        <g class="node__warn" transform={`translate(${box.width - 52} 35) scale(0.75)`}>
          <IconShape name="warn" />
        </g>
      )}
      <text class={`node__count${missing ? ' node__count--missing' : ''}`} x={box.width - 14} y="45">
        {countOf(node)}
      </text>{' '}
    </>
  );
}

/** Begins with what is seen, so that speech control finds it by those words. */
function labelOf(node: GraphNode): string {
  if (node.outside) {
    return `outside ${perSecond(node.rate)}, callers that are not part of the mesh`;
  }
  return `${nameOf(node)} ${trafficOf(node)} ${countOf(node)} ${node.instances === 1 ? 'instance' : 'instances'} up`;
}

function trafficOf(node: GraphNode): string {
  return node.health === 'idle' ? 'idle' : `${perSecond(node.rate)} · ${percent(node.errorShare)} err`;
}

function countOf(node: GraphNode): string {
  return node.instances === 0 ? 'gone' : `${node.up}/${node.instances}`;
}
