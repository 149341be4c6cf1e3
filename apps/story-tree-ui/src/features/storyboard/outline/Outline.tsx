'use client';

import { type KeyboardEvent, type Ref, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react';
import { cx } from '../../../components/index.ts';
import { type OutlineRow, rowsInWindow } from '../model/outlineRows.ts';
import type { Step } from '../model/walk.ts';
import { useScene } from '../storyboardContext.ts';
import { OutlineLine, ROW_HEIGHT } from './OutlineLine.tsx';

const SPARE_ROWS = 8;
/** How much of the outline is mounted while it is hidden, in pixels around the active scenelet. */
const HIDDEN_REACH = 20 * ROW_HEIGHT;

const STEPS: Readonly<Record<string, Step>> = {
  ArrowRight: 'child',
  ArrowLeft: 'parent',
  ArrowUp: 'up',
  ArrowDown: 'down',
  Home: 'first',
  End: 'last',
};

export interface OutlineHandle {
  /** Focuses the active scenelet, as soon as it is mounted. */
  focus(): void;
}

interface OutlineProps {
  ref: Ref<OutlineHandle>;
  /** While hidden it remains available to the keyboard and screen readers. */
  isShown: boolean;
  rows: readonly OutlineRow[];
  onStep(step: Step): void;
  onPick(label: string): void;
  /** Asks for everything about a scenelet. */
  onRead(label: string): void;
  onFold(label: string): void;
}

/**
 * The story as a tree of lines: what the canvas shows, for the keyboard and for screen readers. It has one tab stop,
 * the active scenelet; only the lines around it are mounted.
 */
export function Outline({ ref, isShown, rows, onStep, onPick, onRead, onFold }: OutlineProps) {
  const { active } = useScene();
  const at = rows.findIndex(({ label }) => label === active);
  const scroller = useRef<HTMLDivElement>(null);
  const sight = useSight(scroller, isShown, at);
  const wantFocus = useFocus(ref, scroller, active);

  function onKeyDown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = STEPS[event.key];
    const row = rows[at];
    if (row === undefined) return;
    if (step === 'child' && row.hasChildren && !row.isOpen) onFold(row.label);
    else if (step !== undefined) onStep(step);
    else if (event.key === 'Enter') onRead(row.label);
    else if (event.key === ' ') onFold(row.label);
    else return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key !== 'Enter') wantFocus();
  }

  return (
    <div
      ref={scroller}
      className={isShown ? 'min-h-0 flex-1 overflow-auto overscroll-contain' : 'sr-only'}
      onScroll={(event) => sight.scroll(event.currentTarget)}
    >
      <div
        role="tree"
        aria-label="Outline of the story"
        onKeyDown={onKeyDown}
        className={cx(isShown && 'relative')}
        style={isShown ? { height: rows.length * ROW_HEIGHT } : undefined}
      >
        {rowsInWindow(rows.length, sight.window, at).map((index) => {
          const row = rows[index];
          return (
            row && (
              <OutlineLine
                key={row.label}
                row={row}
                top={isShown ? index * ROW_HEIGHT : null}
                onPick={onPick}
                onFold={onFold}
              />
            )
          );
        })}
      </div>
    </div>
  );
}

/** Which rows are visible; while shown, the view follows the active scenelet. */
function useSight(scroller: { current: HTMLDivElement | null }, isShown: boolean, at: number) {
  const [view, setView] = useState({ top: 0, height: 600 });
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!isShown || element === null) return;
    const [top, bottom] = [at * ROW_HEIGHT, (at + 1) * ROW_HEIGHT];
    if (top < element.scrollTop) element.scrollTop = top - ROW_HEIGHT;
    else if (bottom > element.scrollTop + element.clientHeight) {
      element.scrollTop = bottom - element.clientHeight + ROW_HEIGHT;
    }
    setView({ top: element.scrollTop, height: element.clientHeight });
  }, [scroller, isShown, at]);
  const hidden = { top: at * ROW_HEIGHT - HIDDEN_REACH, height: 2 * HIDDEN_REACH };
  return {
    window: { ...(isShown ? view : hidden), rowHeight: ROW_HEIGHT, spare: SPARE_ROWS },
    scroll: ({ scrollTop, clientHeight }: HTMLElement) => setView({ top: scrollTop, height: clientHeight }),
  };
}

/** The line to focus may not be mounted yet when it is requested, so it is focused after the next render. */
function useFocus(ref: Ref<OutlineHandle>, scroller: { current: HTMLDivElement | null }, active: string) {
  const isWanted = useRef(false);
  const [requests, setRequests] = useState(0);
  const want = () => {
    isWanted.current = true;
    setRequests((count) => count + 1);
  };
  useImperativeHandle(ref, () => ({ focus: want }));
  // biome-ignore lint/correctness/useExhaustiveDependencies: another active scenelet is a reason to look again
  useLayoutEffect(() => {
    if (!isWanted.current) return;
    isWanted.current = false;
    scroller.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus({ preventScroll: true });
  }, [scroller, active, requests]);
  return want;
}
