'use client';

import { ReactFlowProvider } from '@xyflow/react';
import Network from 'lucide-react/icons/network';
import { type RefObject, useLayoutEffect, useRef, useState } from 'react';
import { cx } from '../../components/index.ts';
import { TabEmpty, useStoryPage } from '../kit/index.ts';
import { OverviewMap } from './canvas/OverviewMap.tsx';
import { SceneletCanvas } from './canvas/SceneletCanvas.tsx';
import type { Size } from './model/geometry.ts';
import { Outline } from './outline/Outline.tsx';
import { SceneletPanel } from './panel/SceneletPanel.tsx';
import { SceneContext } from './storyboardContext.ts';
import { CanvasTools } from './tools/CanvasTools.tsx';
import { KeyHint } from './tools/Keys.tsx';
import { SearchBox } from './tools/SearchBox.tsx';
import { ZoomControls } from './tools/ZoomControls.tsx';
import { type Stage, useStage } from './useStage.ts';
import { useTop } from './useTop.ts';

/**
 * The tree of a story's scenelets on a canvas, with an outline, a search and a panel about the chosen scenelet.
 *
 * It belongs on the page of a story (`StoryProvider`) and takes everything from there: the story, the work on it, and
 * the address, in which `?scenelet=<label>` names the scenelet whose panel is open. It is as wide as its container and
 * sets its own height. It and React Flow should be loaded on demand (`next/dynamic`).
 */
export function Storyboard() {
  const { tree } = useStoryPage();
  if (tree.roots.length === 0) {
    return (
      <TabEmpty task="CREATE_INTERACTIVE_SCRIPT" icon={Network} title="Nothing on the board yet">
        <p>Once the script is written, its scenelets grow here as a tree: every choice, every ending.</p>
      </TabEmpty>
    );
  }
  return (
    <ReactFlowProvider>
      <StoryboardStage />
    </ReactFlowProvider>
  );
}

/** The parts of the storyboard, side by side; on a phone one above the other. */
export function StoryboardStage() {
  const stage = useStage();
  const element = useRef<HTMLElement>(null);
  const top = useTop(element);
  const { storyboard, parts, chosen, isOutlineShown, isLarge } = stage;
  return (
    <SceneContext value={stage.scene}>
      <section
        aria-label="Storyboard"
        ref={element}
        className={cx(
          'group/stage flex min-h-120 flex-col overflow-hidden border-line bg-paper',
          isLarge ? 'fixed inset-0 z-30' : 'h-[calc(100dvh-var(--stage-top))] border-t',
          // On a phone there is room for canvas and panel only when they cover the page.
          chosen !== null && 'max-md:fixed max-md:inset-0 max-md:z-30 max-md:h-dvh',
        )}
        style={{ ['--stage-top' as string]: `${top ?? 0}px` }}
      >
        <CanvasTools stage={stage} />
        <div className="flex min-h-0 flex-1 flex-col md:flex-row">
          <div
            className={cx(
              isOutlineShown &&
                'flex min-h-0 flex-col border-line bg-sheet max-md:h-2/5 max-md:border-b md:w-76 md:border-e',
            )}
          >
            <Outline
              ref={parts.outline}
              isShown={isOutlineShown}
              rows={storyboard.rows}
              onStep={stage.step}
              onPick={stage.pick}
              onRead={stage.read}
              onFold={stage.fold}
            />
          </div>
          <Frame stage={stage} isReady={top !== null} />
          {chosen !== null && (
            <SceneletPanel
              ref={parts.panel}
              label={chosen}
              onGoTo={stage.read}
              onFold={stage.fold}
              onClose={stage.close}
            />
          )}
        </div>
      </section>
    </SceneContext>
  );
}

/** The canvas and what floats over it. It is outlined while the keyboard moves over it. */
function Frame({ stage, isReady }: { stage: Stage; isReady: boolean }) {
  const { frame } = stage.parts;
  const size = useFirstSize(frame, isReady);
  return (
    <div
      ref={(element) => {
        frame.current = element;
      }}
      className={cx(
        'relative min-h-0 min-w-0 flex-1',
        !stage.isOutlineShown &&
          'outline-accent -outline-offset-3 group-has-[[role=treeitem]:focus-visible]/stage:outline-3',
      )}
    >
      {size && (
        <SceneletCanvas
          frame={frame}
          size={size}
          start={stage.startView(size)}
          onPick={stage.pick}
          onFold={stage.fold}
          onApproach={stage.approach}
        />
      )}
      {stage.isSearching && (
        <div className="absolute top-3 left-3 z-20 max-w-[calc(100%-1.5rem)]">
          <SearchBox
            onFound={stage.setFound}
            onClose={stage.endSearch}
            onJump={(label) => {
              stage.approach(label);
              stage.endSearch();
            }}
          />
        </div>
      )}
      <div className="absolute right-3 bottom-3 z-10 flex flex-col items-end gap-2">
        <div className="max-md:hidden">
          <OverviewMap control={stage.control} />
        </div>
        <ZoomControls control={stage.control} />
      </div>
      {!stage.isOutlineShown && <KeyHint />}
    </div>
  );
}

/** The size of an element once it is final; React Flow follows it from then on. */
function useFirstSize(element: RefObject<HTMLElement | null>, isReady: boolean): Size | null {
  const [size, setSize] = useState<Size | null>(null);
  useLayoutEffect(() => {
    if (!isReady) return;
    const { clientWidth: width = 0, clientHeight: height = 0 } = element.current ?? {};
    setSize({ width, height });
  }, [element, isReady]);
  return size;
}
