import { glow } from './atmosphere.ts';
import { type Colour, lighten, mix } from './colour.ts';
import { type Drawing, lit } from './drawing.ts';
import { heldThing } from './figure/held.ts';
import { hat } from './props/hat.ts';
import { jar } from './props/jar.ts';
import { kite } from './props/kite.ts';
import { lantern } from './props/lantern.ts';
import { swirl } from './props/swirl.ts';
import { placed, rect, repeat } from './shapes.ts';

type Draw = (drawing: Drawing) => string;

const blue: Colour = '#3f6fa3';
/** Each thing, large enough to fill a picture, standing on the origin. */
const THINGS: readonly (readonly [RegExp, Draw])[] = [
  [/kite/i, (drawing) => placed(kite(drawing, drawing.shotRandom, blue), -40, -40, 3.1, 66)],
  [/\bswirl|little wind|small wind|whirl/i, (drawing) => placed(swirl(drawing, drawing.shotRandom), 0, 0, 2.1)],
  [/\bjar\b|bottle|flask/i, (drawing) => placed(jar(drawing, drawing.shotRandom, true), 0, -4, 4.4)],
  [/lantern|lamp|candle/i, (drawing) => placed(lantern(drawing), 0, -310, 3.5)],
  [/\bhats?\b/i, (drawing) => placed(hat(drawing, drawing.shotRandom), 0, -20, 3.2)],
  [/letter|paper|note|map|scroll|label|page/i, (drawing) => placed(heldThing(drawing, 'paper'), 0, -40, 3.6, -8)],
  [/book|ledger|journal/i, (drawing) => placed(heldThing(drawing, 'book'), 0, -90, 3.6)],
  [/\bcup\b|tankard|mug|teapot/i, (drawing) => placed(heldThing(drawing, 'cup'), 0, -80, 3.6)],
];

/** A table top for a thing to lie on. */
function table(drawing: Drawing, y: number): string {
  const { height, ink, palette, width } = drawing;
  const wood = lit(drawing, mix(palette.wood, palette.warm, 0.14));
  const fill = ink.linear([
    [0, lighten(wood, 0.09)],
    [1, lighten(wood, -0.12)],
  ]);
  const grain = repeat(5, (index) =>
    rect(0, y + 26 + index * index * 9, width, 3 + index, { fill: lighten(wood, -0.09), opacity: 0.5 }),
  );
  return (
    rect(-10, y, width + 20, height - y + 20, { fill }) +
    grain +
    rect(-10, y, width + 20, 8, { fill: lighten(wood, 0.17) })
  );
}

/** The subject of a picture without people, large, on a table; empty if the words name none. */
export function detail(drawing: Drawing, framing: string): string {
  const found = [framing, drawing.text].flatMap((text) => THINGS.filter(([words]) => words.test(text)))[0];
  if (found === undefined) return '';
  const [, draw] = found;
  const { mood, width } = drawing;
  const y = 560;
  return (
    table(drawing, 500) +
    glow(drawing, width / 2, y - 130, 460, mood.lampsLit ? mood.lamp : mood.key, 0.5) +
    placed(draw(drawing), width / 2, y)
  );
}
