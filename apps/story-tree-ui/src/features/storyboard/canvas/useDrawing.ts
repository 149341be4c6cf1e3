'use client';

import { type RefObject, useLayoutEffect, useRef } from 'react';
import type { Size } from '../model/geometry.ts';
import { type Colours, readColours, useTheme } from './colours.ts';

type Draw = (pen: CanvasRenderingContext2D, size: Size, colours: Colours) => void;

/**
 * A canvas element that fills its place and is drawn anew when `draw`, its size or the theme changes, and once per
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
