import { glow } from '../atmosphere.ts';
import { type Colour, lighten, mix } from '../colour.ts';
import { heldThing } from '../figure/held.ts';
import { placed, rect, repeat } from '../shapes.ts';
import { lit, type Stage } from '../stage.ts';
import { hat } from './hat.ts';
import { jar } from './jar.ts';
import { kite } from './kite.ts';
import { lantern } from './lantern.ts';
import { swirl } from './swirl.ts';

type Draw = (stage: Stage) => string;

const blue: Colour = '#3f6fa3';
/** Each thing as large as a picture of it alone needs it, standing on the origin. */
const THINGS: readonly (readonly [RegExp, Draw])[] = [
  [/kite/i, (stage) => placed(kite(stage, stage.shotRandom, blue), -40, -40, 3.1, 66)],
  [/\bswirl|little wind|small wind|whirl/i, (stage) => placed(swirl(stage, stage.shotRandom), 0, 0, 2.1)],
  [/\bjar\b|bottle|flask/i, (stage) => placed(jar(stage, stage.shotRandom, true), 0, -4, 4.4)],
  [/lantern|lamp|candle/i, (stage) => placed(lantern(stage), 0, -310, 3.5)],
  [/\bhats?\b/i, (stage) => placed(hat(stage, stage.shotRandom), 0, -20, 3.2)],
  [/letter|paper|note|map|scroll|label|page/i, (stage) => placed(heldThing(stage, 'paper'), 0, -40, 3.6, -8)],
  [/book|ledger|journal/i, (stage) => placed(heldThing(stage, 'book'), 0, -90, 3.6)],
  [/\bcup\b|tankard|mug|teapot/i, (stage) => placed(heldThing(stage, 'cup'), 0, -80, 3.6)],
];

/** A table top for a thing to lie on. */
function table(stage: Stage, y: number): string {
  const { height, ink, palette, width } = stage;
  const wood = lit(stage, mix(palette.wood, palette.warm, 0.14));
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

/** The thing that a picture without people is about, large, on a table; empty where the words name none. */
export function detail(stage: Stage, framing: string): string {
  const found = [framing, stage.text].flatMap((text) => THINGS.filter(([words]) => words.test(text)))[0];
  if (found === undefined) return '';
  const [, draw] = found;
  const { mood, width } = stage;
  const y = 560;
  return (
    table(stage, 500) +
    glow(stage, width / 2, y - 130, 460, mood.lampsLit ? mood.lamp : mood.key, 0.5) +
    placed(draw(stage), width / 2, y)
  );
}
