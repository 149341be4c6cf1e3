'use client';

import { type RefObject, useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import { announce, counted, useAddressParam, useStoryPage } from '../kit/index.ts';
import { type CanvasControl, useCanvas, ZOOM_STEP } from './canvas/useCanvas.ts';
import { useMoves } from './canvas/useMoves.ts';
import type { Size, View } from './model/geometry.ts';
import { arrival, opening } from './model/viewport.ts';
import { type Step, walkCanvas, walkOutline } from './model/walk.ts';
import type { OutlineHandle } from './outline/Outline.tsx';
import type { StoryboardScene } from './storyboardContext.ts';
import { useShortcuts } from './useShortcuts.ts';
import { type StoryboardState, useStoryboard } from './useStoryboard.ts';

const NONE_FOUND: ReadonlySet<string> = new Set();

interface Parts {
  /** What the canvas fills. */
  frame: RefObject<HTMLElement | null>;
  outline: RefObject<OutlineHandle | null>;
  panel: RefObject<HTMLElement | null>;
}

/** Everything that can be done on a storyboard: what one part requests, the others follow. */
export interface Stage {
  storyboard: StoryboardState;
  scene: StoryboardScene;
  control: CanvasControl;
  parts: Parts;
  /** The scenelet whose panel is open. */
  chosen: string | null;
  isSearching: boolean;
  isOutlineShown: boolean;
  /** It fills the window. */
  isLarge: boolean;
  toggleLarge(): void;
  toggleOutline(): void;
  search(): void;
  endSearch(): void;
  setFound(labels: ReadonlySet<string>): void;
  /** Opens the panel of a scenelet; the keys continue from there. */
  pick(label: string): void;
  /** The same, and gives the panel the focus. */
  read(label: string): void;
  close(): void;
  /** Zooms in on a scenelet. An open panel follows. */
  approach(label: string): void;
  step(direction: Step): void;
  fold(label: string): void;
  startView(size: Size): View;
}

export function useStage(): Stage {
  const [chosen, choose] = useAddressParam(PARAMETER);
  const storyboard = useStoryboard(useStoryPage(), chosen);
  const { board, layout, rows, folded, active, path } = storyboard;
  const [found, setFound] = useState(NONE_FOUND);
  const [isSearching, setSearching] = useState(false);
  const [isOutlineShown, setOutlineShown] = useState(false);
  const [isLarge, setLarge] = useState(false);
  const parts: Parts = { frame: useRef(null), outline: useRef(null), panel: useRef(null) };
  const control = useCanvas(parts.frame);
  const move = useMoves(parts.frame, control, layout, active);
  const focusPanel = useFocusOnceShown(parts.panel, chosen !== null);
  const here = layout.boxes.get(active) ?? layout.bounds;

  function goTo(label: string, { panel = chosen !== null, kind = 'bring' as 'bring' | 'arrive' } = {}): void {
    storyboard.goTo(label);
    if (panel) choose(label);
    move(kind);
  }
  function close(): void {
    choose(null);
    parts.outline.current?.focus();
  }
  function endSearch(): void {
    setSearching(false);
    parts.outline.current?.focus();
  }
  function fold(label: string): void {
    const below = board.below.get(label) ?? 0;
    if (below > 0) announce(`${counted(below, 'scenelet')} ${folded.has(label) ? 'unfolded' : 'folded'}`);
    storyboard.goTo(label);
    storyboard.toggle(label);
  }

  useFollowAddress(chosen, active, (label) => {
    if (board.cards.has(label)) goTo(label);
  });
  useShortcuts({
    f: () => setSearching(true),
    'mod+k': () => setSearching(true),
    '+': () => control.zoomBy(ZOOM_STEP, here),
    '=': () => control.zoomBy(ZOOM_STEP, here),
    '-': () => control.zoomBy(1 / ZOOM_STEP, here),
    '0': () => control.fit(layout.bounds),
    '1': () => control.zoomTo(1, here),
    escape: () => (chosen === null ? setLarge(false) : close()),
  });

  return {
    storyboard,
    scene: useMemo(
      () => ({ board, layout, folded, active, path, found }),
      [board, layout, folded, active, path, found],
    ),
    control,
    parts,
    chosen,
    isSearching,
    isOutlineShown,
    isLarge,
    toggleLarge: () => setLarge((is) => !is),
    toggleOutline: () => setOutlineShown((isShown) => !isShown),
    search: () => setSearching(true),
    endSearch,
    setFound,
    pick(label) {
      goTo(label, { panel: true });
      parts.outline.current?.focus();
    },
    read(label) {
      goTo(label, { panel: true });
      focusPanel();
    },
    close,
    approach: (label) => goTo(label, { kind: 'arrive' }),
    step(direction) {
      const next = isOutlineShown ? walkOutline(rows, active, direction) : walkCanvas(layout, rows, active, direction);
      if (next !== null) goTo(next);
    },
    fold,
    startView: (size) => (chosen === active ? arrival(here, size, 0) : opening(layout.bounds, here, size)),
  };
}

/** @returns focuses an element: at once when it is mounted, or as soon as it is */
function useFocusOnceShown(element: RefObject<HTMLElement | null>, isShown: boolean): () => void {
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

const PARAMETER = 'scenelet';

/** Follows when something else makes the address name another scenelet: a link, or the browser's back button. */
function useFollowAddress(chosen: string | null, active: string, follow: (label: string) => void): void {
  const onChange = useEffectEvent((label: string) => {
    // The router's value can be older than the address: then somebody has already moved on.
    const isCurrent = new URLSearchParams(window.location.search).get(PARAMETER) === label;
    if (isCurrent && label !== active) follow(label);
  });
  useEffect(() => {
    if (chosen !== null) onChange(chosen);
  }, [chosen]);
}
