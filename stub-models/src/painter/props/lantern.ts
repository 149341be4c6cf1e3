import { glow } from '../atmosphere.ts';
import { lighten, mix } from '../colour.ts';
import { type Drawing, lit } from '../drawing.ts';
import { circle, path, rect } from '../shapes.ts';

/** A hand lantern hanging from the origin, about 90 high. */
export function lantern(drawing: Drawing): string {
  const { mood, palette } = drawing;
  const iron = lit(drawing, mix(palette.deep, palette.wood, 0.35));
  return (
    glow(drawing, 0, 54, 170, mood.lamp, 0.75) +
    path('M-18 24Q-16 0 0 0T18 24', { stroke: iron, width: 4 }) +
    path('M-22 26L-10 14H10L22 26Z', { fill: iron }) +
    rect(-19, 26, 38, 52, { fill: lighten(mood.lamp, 0.03), opacity: 0.85 }, 4) +
    circle(0, 56, 9, { fill: lighten(mood.lamp, 0.16) }) +
    path('M-19 26V78M19 26V78M0 26V40', { stroke: iron, width: 4 }) +
    rect(-24, 76, 48, 11, { fill: iron }, 3)
  );
}
