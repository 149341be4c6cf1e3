'use client';

import '@xyflow/react/dist/base.css';
import { type NodeMouseHandler, ReactFlow, useReactFlow, useStore } from '@xyflow/react';
import { type MouseEvent, type RefObject, useEffect } from 'react';
import type { Size, View } from '../model/geometry.ts';
import { hitLabel } from '../model/layout.ts';
import { levelOfDetail, MAX_ZOOM, MIN_ZOOM } from '../model/viewport.ts';
import { LevelContext, useScene } from '../storyboardContext.ts';
import { ChoiceEdge } from './ChoiceEdge.tsx';
import { type ChoiceFlowEdge, flowEdges, flowNodes, type SceneletFlowNode } from './flowElements.ts';
import { SceneletNode } from './SceneletNode.tsx';
import { StructureHint } from './StructureHint.tsx';
import { StructureLayer } from './StructureLayer.tsx';

const NODE_TYPES = { scenelet: SceneletNode };
const EDGE_TYPES = { choice: ChoiceEdge };
const NO_NODES: SceneletFlowNode[] = [];
const NO_EDGES: ChoiceFlowEdge[] = [];

interface SceneletCanvasProps {
  /** The element that the canvas fills. */
  frame: RefObject<HTMLElement | null>;
  start: View;
  size: Size;
  onPick(label: string): void;
  onFold(label: string): void;
  /** Somebody wants to look closer. */
  onApproach(label: string): void;
}

/**
 * The canvas itself, for sight and pointers. It is hidden from screen readers and has no tab stop: the outline has the
 * same content and handles the keys, also for the many cards that are not mounted.
 */
export function SceneletCanvas({ frame, start, size, onPick, onFold, onApproach }: SceneletCanvasProps) {
  const level = useStore((state) => levelOfDetail(state.transform[2]));
  const { layout } = useScene();
  const { screenToFlowPosition, getZoom } = useReactFlow();
  useFlowElements(level === 'structure');

  const onNodeClick: NodeMouseHandler<SceneletFlowNode> = (event, { id }) => {
    if (event.target instanceof Element && event.target.closest('[data-fold]')) onFold(id);
    else onPick(id);
  };
  const hit = ({ clientX, clientY }: MouseEvent) =>
    hitLabel(layout, screenToFlowPosition({ x: clientX, y: clientY }), getZoom());

  return (
    <LevelContext value={level}>
      <ReactFlow
        aria-hidden
        data-level={level}
        defaultNodes={NO_NODES}
        defaultEdges={NO_EDGES}
        className="[&_.react-flow\_\_edges>svg:has([data-lit])]:z-1!"
        nodeTypes={NODE_TYPES}
        edgeTypes={EDGE_TYPES}
        defaultViewport={start}
        width={size.width}
        height={size.height}
        minZoom={MIN_ZOOM}
        maxZoom={MAX_ZOOM}
        onlyRenderVisibleElements
        onNodeClick={onNodeClick}
        onNodeDoubleClick={(_event, { id }) => onApproach(id)}
        onPaneClick={(event) => {
          const label = level === 'structure' ? hit(event) : null;
          if (label !== null) onPick(label);
        }}
        onDoubleClick={(event) => {
          const label = level === 'structure' ? hit(event) : null;
          if (label !== null) onApproach(label);
        }}
        panOnScroll
        zoomOnDoubleClick={false}
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        edgesFocusable={false}
        edgesReconnectable={false}
        elementsSelectable={false}
        connectOnClick={false}
        deleteKeyCode={null}
        selectionKeyCode={null}
        multiSelectionKeyCode={null}
        panActivationKeyCode={null}
        disableKeyboardA11y
        proOptions={{ hideAttribution: true }}
      >
        {level === 'structure' && <StructureLayer />}
      </ReactFlow>
      {level === 'structure' && <StructureHint frame={frame} />}
    </LevelContext>
  );
}

/**
 * Keeps what React Flow holds in step with the layout; nothing while the structure is drawn instead. It starts with
 * nothing, too: during its setup, React Flow goes through everything it holds, dozens of times.
 */
function useFlowElements(isEmpty: boolean): void {
  const { setNodes, setEdges } = useReactFlow();
  const { layout } = useScene();
  useEffect(() => {
    setNodes(isEmpty ? NO_NODES : flowNodes(layout));
    setEdges(isEmpty ? NO_EDGES : flowEdges(layout));
  }, [isEmpty, layout, setNodes, setEdges]);
}
