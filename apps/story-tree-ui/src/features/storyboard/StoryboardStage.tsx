'use client';

import { useCallback, useEffect, useEffectEvent, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { cx } from '../../components/index.ts';
import { announce } from '../shell/announce.ts';
import { useStoryPage } from '../story/storyContext.ts';
import { counted } from '../story/storyParts.ts';
import { useAddressParam } from '../story/useAddressParam.ts';
import { OverviewMap } from './canvas/OverviewMap.tsx';
import { SceneletCanvas } from './canvas/SceneletCanvas.tsx';
import { useCanvas } from './canvas/useCanvas.ts';
import { useMoves } from './canvas/useMoves.ts';
import type { Size } from './model/geometry.ts';
import { arrival, opening } from './model/viewport.ts';
import { type Step, walkCanvas, walkOutline } from './model/walk.ts';
import { Outline, type OutlineHandle } from './outline/Outline.tsx';
import { SceneletPanel } from './panel/SceneletPanel.tsx';
import { SceneContext } from './storyboardContext.ts';
import { CanvasTools } from './tools/CanvasTools.tsx';
import { KeyHint } from './tools/KeyHint.tsx';
import { SearchBox } from './tools/SearchBox.tsx';
import { useShortcuts } from './tools/useShortcuts.ts';
import { ZOOM_STEP, ZoomControls } from './tools/ZoomControls.tsx';
import { useStoryboard } from './useStoryboard.ts';
import { useTop } from './useTop.ts';

const NONE_FOUND: ReadonlySet<string> = new Set();

/** Everything of the storyboard, and what leads from one part of it to another. */
export function StoryboardStage() {
  const page = useStoryPage();
  const [chosen, choose] = useAddressParam('scenelet');
  const storyboard = useStoryboard(page, chosen);
  const { board, layout, rows, folded, active, path } = storyboard;
  const [found, setFound] = useState(NONE_FOUND);
  const [isSearching, setSearching] = useState(false);
  const [isOutlineShown, setOutlineShown] = useState(false);

  const [isLarge, setLarge] = useState(false);

  const stage = useRef<HTMLElement>(null);
  const top = useTop(stage);
  const frame = useRef<HTMLDivElement>(null);
  const outline = useRef<OutlineHandle>(null);
  const panel = useRef<HTMLElement>(null);
  const size = useSizeOnce(frame);
  const control = useCanvas(frame);
  const askMove = useMoves(control, layout, active);
  const scene = useMemo(
    () => ({ board, layout, folded, active, path, found }),
    [board, layout, folded, active, path, found],
  );

  /** With the panel open, it follows; closed, it stays closed. */
  function goTo(label: string, move: 'bring' | 'arrive' = 'bring'): void {
    storyboard.goTo(label);
    if (chosen !== null) choose(label);
    askMove(move);
  }
  function open(label: string): void {
    storyboard.goTo(label);
    choose(label);
    askMove('bring');
  }
  function close(): void {
    choose(null);
    outline.current?.focus();
  }
  function toggle(label: string): void {
    const below = board.below.get(label) ?? 0;
    if (below > 0) announce(`${counted(below, 'scenelet')} ${folded.has(label) ? 'unfolded' : 'folded'}`);
    storyboard.toggle(label);
    storyboard.goTo(label);
  }
  function step(direction: Step): void {
    const next = isOutlineShown ? walkOutline(rows, active, direction) : walkCanvas(layout, rows, active, direction);
    if (next !== null) goTo(next);
  }
  const closeSearch = useCallback(() => {
    setSearching(false);
    outline.current?.focus();
  }, []);

  useFollowAddress(chosen, active, (label) => {
    if (!board.cards.has(label)) return;
    storyboard.goTo(label);
    askMove('bring');
  });
  const takeFocus = useFocusOnceShown(panel, chosen !== null);
  useShortcuts({
    f: () => setSearching(true),
    'Mod+k': () => setSearching(true),
    '+': () => control.zoomBy(ZOOM_STEP),
    '=': () => control.zoomBy(ZOOM_STEP),
    '-': () => control.zoomBy(1 / ZOOM_STEP),
    '0': () => control.fit(layout.bounds),
    '1': () => control.zoomTo(1),
    ...(chosen === null ? {} : { Escape: close }),
  });

  return (
    <SceneContext value={scene}>
      <section
        aria-label="Storyboard"
        ref={stage}
        className={cx(
          'group/stage flex min-h-120 flex-col overflow-hidden border-line bg-paper',
          isLarge ? 'fixed inset-0 z-30' : 'border-t',
        )}
        style={isLarge ? undefined : { height: `calc(100dvh - ${top}px)` }}
      >
        <CanvasTools
          isSearching={isSearching}
          onSearch={() => setSearching(true)}
          isOutlineShown={isOutlineShown}
          onToggleOutline={() => setOutlineShown((isShown) => !isShown)}
          canFold={rows.some(({ isOpen }) => isOpen)}
          onFoldAll={storyboard.foldAll}
          isFolded={folded.size > 0}
          onUnfoldAll={storyboard.unfoldAll}
          isLarge={isLarge}
          onToggleLarge={() => setLarge((was) => !was)}
        />
        <div className="relative flex min-h-0 flex-1 flex-col md:flex-row">
          <div
            className={
              isOutlineShown
                ? 'flex min-h-0 flex-col border-line bg-sheet max-md:h-2/5 max-md:border-b md:w-76 md:border-e'
                : ''
            }
          >
            <Outline
              ref={outline}
              isShown={isOutlineShown}
              rows={rows}
              onStep={step}
              onPick={open}
              onOpen={() => {
                takeFocus();
                open(active);
              }}
              onFold={toggle}
            />
          </div>
          <div
            ref={frame}
            data-frame
            className="relative min-h-0 min-w-0 flex-1 -outline-offset-3 outline-accent group-has-[[role=treeitem]:focus-visible]/stage:outline-3"
          >
            {size && (
              <SceneletCanvas
                frame={frame}
                size={size}
                start={startView(storyboard, chosen, size)}
                onPick={(label) => {
                  open(label);
                  outline.current?.focus();
                }}
                onFold={toggle}
                onApproach={(label) => goTo(label, 'arrive')}
              />
            )}
            {isSearching && (
              <div className="absolute top-3 left-3 z-20 max-w-[calc(100%-1.5rem)]">
                <SearchBox
                  onFound={setFound}
                  onClose={closeSearch}
                  onJump={(label) => {
                    goTo(label, 'arrive');
                    closeSearch();
                  }}
                />
              </div>
            )}
            <div className="absolute right-3 bottom-3 z-10 flex flex-col items-end gap-2">
              <div className="max-md:hidden">
                <OverviewMap control={control} />
              </div>
              <ZoomControls control={control} />
            </div>
            <KeyHint />
          </div>
          {chosen !== null && (
            <SceneletPanel ref={panel} label={chosen} onGoTo={open} onFold={toggle} onClose={close} />
          )}
        </div>
      </section>
    </SceneContext>
  );
}

function startView({ layout, active }: ReturnType<typeof useStoryboard>, chosen: string | null, size: Size) {
  const box = layout.boxes.get(active) ?? layout.bounds;
  return chosen === active ? arrival(box, size, 0) : opening(layout.bounds, box, size);
}

/** The size of an element when it first has one; React Flow follows it from there on. */
function useSizeOnce(element: { current: HTMLElement | null }): Size | null {
  const [size, setSize] = useState<Size | null>(null);
  useLayoutEffect(() => {
    const { clientWidth: width = 0, clientHeight: height = 0 } = element.current ?? {};
    setSize({ width, height });
  }, [element]);
  return size;
}

/** Follows when the address changes by itself: by a link, or the browser's way back. */
function useFollowAddress(chosen: string | null, active: string, follow: (label: string) => void): void {
  const onChange = useEffectEvent((label: string) => {
    // What the router tells can be older than the address: then somebody has walked on already.
    const isCurrent = new URLSearchParams(window.location.search).get('scenelet') === label;
    if (isCurrent && label !== active) follow(label);
  });
  useEffect(() => {
    if (chosen !== null) onChange(chosen);
  }, [chosen]);
}

/** Asked for, an element gets the focus: at once when it is there, or as soon as it shows. */
function useFocusOnceShown(element: { current: HTMLElement | null }, isShown: boolean): () => void {
  const isWanted = useRef(false);
  useEffect(() => {
    if (isShown && isWanted.current) element.current?.focus();
    isWanted.current = false;
  }, [element, isShown]);
  return () => {
    isWanted.current = element.current === null;
    element.current?.focus();
  };
}
