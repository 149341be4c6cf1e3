import type { Random } from '../../seed.ts';
import { glow } from '../atmosphere.ts';
import { type Colour, lighten, mix } from '../colour.ts';
import { type Drawing, lit } from '../drawing.ts';
import { between, circle, line, path, rect } from '../shapes.ts';

/** What is in a jar: a little weather. */
function weather(random: Random, colour: Colour): string {
  const kind = Math.floor(random() * 4);
  if (kind === 0) return path('M-16 -18q16 -26 32 0q-16 12 -32 0Z', { fill: lighten(colour, 0.2), opacity: 0.8 });
  if (kind === 1) {
    return path('M-14 -12q12 -34 4 -42q24 14 6 34q-6 8 2 14', {
      stroke: lighten(colour, 0.28),
      width: 3.4,
      opacity: 0.9,
    });
  }
  if (kind === 2) return circle(0, -30, 11, { fill: lighten(colour, 0.3), opacity: 0.9 });
  return (
    line(
      [
        [-10, -44],
        [-13, -30],
      ],
      { stroke: lighten(colour, 0.3), width: 3 },
    ) +
    line(
      [
        [4, -38],
        [0, -20],
      ],
      { stroke: lighten(colour, 0.3), width: 3 },
    ) +
    line(
      [
        [14, -48],
        [10, -32],
      ],
      { stroke: lighten(colour, 0.3), width: 3 },
    )
  );
}

/** A glass jar about 50 wide and 84 high, standing on the origin; `shining` lights what is in it. */
export function jar(drawing: Drawing, random: Random, shining: boolean): string {
  const { ink, palette } = drawing;
  const tints: readonly Colour[] = [palette.teal, palette.silver, palette.warm, palette.rose, palette.violet];
  const tint = tints[Math.floor(random() * tints.length)] ?? palette.teal;
  const content = lit(drawing, mix(tint, palette.pale, 0.15));
  const inside = ink.linear([
    [0, content, 0.25],
    [1, content, 0.9],
  ]);
  const height = between(random, 56, 76);
  const body = `M-25 -4V${10 - height}Q-25 ${-4 - height} -16 ${-6 - height}H16Q25 ${-4 - height} 25 ${10 - height}V-4Q25 2 18 2H-18Q-25 2 -25 -4Z`;
  const shine = shining ? glow(drawing, 0, -30, 74, mix(tint, palette.pale, 0.3), 0.55) : '';
  return (
    shine +
    path(body, { fill: inside }) +
    weather(random, content) +
    path(body, { stroke: lighten(content, 0.16), width: 2.4, opacity: 0.7 }) +
    line(
      [
        [-17, -12],
        [-17, 14 - height],
      ],
      { stroke: '#ffffff', width: 3.4, opacity: 0.4 },
    ) +
    rect(-19, -16 - height, 38, 12, { fill: lit(drawing, mix(palette.wood, palette.warm, 0.3)) }, 4)
  );
}
