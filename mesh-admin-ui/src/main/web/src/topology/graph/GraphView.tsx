import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { Graph } from '../model';
import { find, neighbourhood, select, type Selected, type Selection } from '../selection';
import { Defs } from './Defs';
import { EdgeChip, EdgeLine } from './EdgeShape';
import { FrameShape } from './FrameShape';
import { type Box, union } from './geometry';
import { GraphTools } from './GraphTools';
import { type Layout, layoutOf, shapeOf } from './layout';
import { neighbour } from './neighbour';
import { NodeShape } from './NodeShape';
import { usePointer } from './usePointer';
import { useSize } from './useSize';
import { useViewport } from './useViewport';
import type { Size } from './viewport';

interface Props {
  readonly graph: Graph;
  readonly chosen: Selection;
  /** What the panel covers at the right and at the bottom. */
  readonly covered: Size;
}

const NARROW = 640;
/** Below this scale numbers cannot be read; names and troubles still can. */
const FAR = 0.5;

export function GraphView({ graph, chosen, covered }: Props) {
  const canvas = useRef<SVGSVGElement>(null);
  const size = useSize(canvas);
  const orientation = size !== null && size.width < NARROW ? 'down' : 'right';
  const layout = useMemo(() => layoutOf(graph, orientation), [shapeOf(graph), orientation]);
  const free = size && { width: size.width - covered.width, height: size.height - covered.height };
  const control = useViewport(layout.bounds, size, free);
  const pointer = usePointer(control, () => select(null));
  const selected = find(graph, chosen);
  const near = neighbourhood(graph, selected);
  const nodeId = selected?.kind === 'node' ? selected.node.id : null;
  const entry = nodeId ?? graph.nodes[0]?.id;

  useEffect(() => {
    if (selected !== null && size !== null) {
      control.show(...boxesOf(selected, layout, near));
    }
  }, [chosen?.kind, chosen?.id, covered.width, covered.height, size === null, layout]);

  const focus = (id: string): void => {
    const box = layout.nodes.get(id);
    if (box !== undefined) {
      control.show(box);
    }
    canvas.current?.querySelector<SVGElement>(`[data-id="${CSS.escape(id)}"]`)?.focus({ preventScroll: true });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const id = (event.target as SVGElement).dataset?.id;
    const next = id === undefined ? null : neighbour(layout, graph, id, event.key);
    const action = { '+': () => control.zoomBy(1.2), '=': () => control.zoomBy(1.2), '-': () => control.zoomBy(1 / 1.2), '0': control.fitAll }[event.key];
    if (next !== null) {
      focus(next);
    } else if (action !== undefined) {
      action();
    } else {
      return;
    }
    event.preventDefault();
  };

  const { x, y, scale } = control.view;
  const dims = (...ends: readonly string[]): boolean => near !== null && !ends.every((id) => near.has(id));
  const dimsEdge = (from: string, to: string): boolean => dims(from, to) || (nodeId !== null && from !== nodeId && to !== nodeId);
  return (
    <div class="graph">
      <svg ref={canvas} class="graph__canvas" role="group" aria-label="Service topology. Arrow keys move between services, Enter opens one, Escape closes it." onKeyDown={onKeyDown} {...pointer} data-testid="graph">
        <Defs />
        <g transform={`translate(${x.toFixed(2)} ${y.toFixed(2)}) scale(${scale.toFixed(4)})`} class={scale < FAR ? 'is-far' : undefined} data-orientation={orientation}>
          {size !== null && (
            <>
              {layout.frames.map((frame) => (
                <FrameShape key={frame.service} frame={frame} dim={near !== null && !graph.nodes.some(({ id, service }) => service === frame.service && near.has(id))} />
              ))}
              {graph.edges.map((edge) => (
                <EdgeLine key={edge.id} edge={edge} wire={layout.wires.get(edge.id)} dim={dimsEdge(edge.from, edge.to)} />
              ))}
              {graph.nodes.map((node) => (
                <NodeShape key={node.id} node={node} box={layout.nodes.get(node.id)} framed={layout.frames.some(({ service }) => service === node.service)} selected={node.id === nodeId} dim={dims(node.id)} tabbable={node.id === entry} />
              ))}
              {graph.edges.map((edge) => (
                <EdgeChip key={edge.id} edge={edge} wire={layout.wires.get(edge.id)} dim={dimsEdge(edge.from, edge.to)} selected={selected?.kind === 'edge' && selected.edge.id === edge.id} />
              ))}
            </>
          )}
        </g>
      </svg>
      <GraphTools control={control} />
    </div>
  );
}

/** What has to be in sight while something is selected, what is better in sight first. */
function boxesOf(selected: Exclude<Selected, null>, { nodes }: Layout, near: ReadonlySet<string> | null): Box[] {
  const boxOf = (ids: Iterable<string>): Box => union([...ids].flatMap((id) => nodes.get(id) ?? []));
  const own = selected.kind === 'node' ? [selected.node.id] : [selected.edge.from, selected.edge.to];
  return [boxOf(near ?? own), boxOf(own)];
}
