'use client';

import { type RefObject, useLayoutEffect, useRef, useSyncExternalStore } from 'react';
import type { Size } from '../model/geometry.ts';

type Draw = (pen: CanvasRenderingContext2D, size: Size, colours: Colours) => void;

/**
 * A canvas element that fills its place and is redrawn when `draw`, its size or the theme changes, and once per
 * frame at most when `subscribe` calls back.
 */
export function useDrawing(
  draw: Draw,
  subscribe?: (changed: () => void) => () => void,
): RefObject<HTMLCanvasElement | null> {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useTheme();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another theme has other colours to read
  useLayoutEffect(() => {
    const element = canvas.current;
    const pen = element?.getContext('2d');
    if (!element || !pen) return;
    const colours = readColours(element);
    let frame = 0;
    const paint = () => {
      frame = 0;
      const { clientWidth: width, clientHeight: height } = element;
      const ratio = window.devicePixelRatio;
      const [pixelsWide, pixelsHigh] = [Math.round(width * ratio), Math.round(height * ratio)];
      // Setting a size clears the canvas, and costs more than clearing it.
      if (element.width !== pixelsWide || element.height !== pixelsHigh) {
        element.width = pixelsWide;
        element.height = pixelsHigh;
      }
      pen.setTransform(ratio, 0, 0, ratio, 0, 0);
      pen.clearRect(0, 0, width, height);
      draw(pen, { width, height }, colours);
    };
    const schedule = () => {
      frame ||= requestAnimationFrame(paint);
    };
    paint();
    const unsubscribe = subscribe?.(schedule);
    const observer = new ResizeObserver(schedule);
    observer.observe(element);
    return () => {
      cancelAnimationFrame(frame);
      unsubscribe?.();
      observer.disconnect();
    };
  }, [draw, subscribe, theme]);
  return canvas;
}

const NAMES = [
  '--paper',
  '--raised',
  '--line-strong',
  '--ink',
  '--accent',
  '--on-accent',
  '--accent-wash',
  '--busy',
  '--good',
  '--good-wash',
  '--warn',
  '--warn-wash',
] as const;

type ColourName = (typeof NAMES)[number];

/** The tokens' values in the current theme, for what is drawn and not styled. */
export type Colours = Readonly<Record<ColourName, string>>;

/** Reads the tokens as the browser resolves them for the element. */
function readColours(element: HTMLElement): Colours {
  const { color, transitionProperty } = element.style;
  // A colour in transition would be read at its starting value.
  element.style.transitionProperty = 'none';
  const pairs = NAMES.map((name) => {
    element.style.color = `var(${name})`;
    return [name, getComputedStyle(element).color];
  });
  Object.assign(element.style, { color, transitionProperty });
  return Object.fromEntries(pairs) as Colours;
}

/** Changes whenever the theme does. */
function useTheme(): string {
  return useSyncExternalStore(
    watchTheme,
    () => `${document.documentElement.dataset.theme ?? 'system'}, ${darkQuery().matches}`,
    () => '',
  );
}

const darkQuery = () => window.matchMedia('(prefers-color-scheme: dark)');

function watchTheme(listener: () => void): () => void {
  const query = darkQuery();
  query.addEventListener('change', listener);
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  return () => {
    query.removeEventListener('change', listener);
    observer.disconnect();
  };
}
