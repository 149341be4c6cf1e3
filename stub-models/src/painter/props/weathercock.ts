import { lighten, mix } from '../colour.ts';
import { type Drawing, lit } from '../drawing.ts';
import { circle, line, path, rect } from '../shapes.ts';

/** A brass weathercock, fallen on its arrow, about 190 wide, lying on the origin with a letter in its beak. */
export function weathercock(drawing: Drawing): string {
  const { mood, palette } = drawing;
  const brass = lit(drawing, mix(palette.warm, '#d9a93f', 0.5));
  const dark = lighten(brass, -0.16);
  const shine = mix(lighten(brass, 0.14), mood.key, 0.4);
  return (
    line(
      [
        [-96, -14],
        [104, -8],
      ],
      { stroke: dark, width: 7 },
    ) +
    path('M104 -8L82 -22V8Z', { fill: dark }) +
    path('M-96 -14L-118 -30L-106 -14L-118 2Z', { fill: dark }) +
    path(
      'M-50 -30C-96 -58 -92 -112 -64 -122C-74 -96 -58 -84 -44 -80C-20 -72 2 -84 14 -108C18 -128 44 -132 52 -114C62 -84 44 -40 8 -26Q-22 -18 -50 -30Z',
      { fill: brass },
    ) +
    path('M-44 -74C-28 -56 4 -58 22 -82C20 -58 -8 -40 -32 -48Z', { fill: shine, opacity: 0.8 }) +
    path('M18 -124Q14 -146 26 -138Q28 -154 38 -140Q48 -150 48 -132L46 -120Z', { fill: lit(drawing, palette.rose) }) +
    path('M52 -116L76 -108L53 -102Z', { fill: dark }) +
    circle(40, -112, 4, { fill: '#2b2230' }) +
    rect(66, -120, 58, 38, { fill: lit(drawing, palette.pale) }, 2) +
    path('M66 -119L95 -98L124 -119', { stroke: dark, width: 2 }) +
    circle(95, -98, 6, { fill: lit(drawing, palette.rose) })
  );
}
