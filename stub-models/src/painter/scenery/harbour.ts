import { BLEED, glow, sky, water } from '../atmosphere.ts';
import { lighten, mix } from '../colour.ts';
import { amount, type Drawing, lit, type Scene } from '../drawing.ts';
import { between, line, path, rect, repeat, ridge } from '../shapes.ts';
import { sailingBoat } from './boats.ts';
import { house, lighthouse } from './houses.ts';

const HORIZON = 372;
const QUAY = 596;

/** Whether the picture's words have wind in them. */
export function isWindy(text: string): boolean {
  return /full (round )?sails|sails? fills?|breez|running in|wind blow|blown|flags? (and smoke )?move|gust/i.test(text);
}

function town(drawing: Drawing): string {
  const random = drawing.placeRandom;
  return repeat(3, (row) => {
    const depth = 0.46 - row * 0.16;
    const foot = 436 + row * 58;
    return repeat(amount(drawing, 6 - row), (index) => {
      const x = -BLEED + 40 + index * between(random, 92, 118) - row * 16;
      return house(
        drawing,
        x,
        foot + between(random, -10, 6),
        between(random, 64, 96),
        between(random, 90, 168),
        depth,
      );
    });
  });
}

function lampPost(drawing: Drawing, x: number, y: number): string {
  const iron = lit(drawing, mix(drawing.palette.deep, drawing.palette.wood, 0.2));
  const { mood } = drawing;
  const light = mood.lampsLit ? glow(drawing, x, y - 168, 150, mood.lamp, 0.75) : '';
  return (
    line(
      [
        [x, y],
        [x, y - 152],
      ],
      { stroke: iron, width: 8 },
    ) +
    light +
    path(`M${x - 13} ${y - 152}l4 -30h18l4 30Z`, {
      fill: mood.lampsLit ? lighten(mood.lamp, 0.08) : lit(drawing, drawing.palette.pale),
    }) +
    path(`M${x - 17} ${y - 181}h34l-17 -17Z`, { fill: iron })
  );
}

function quay(drawing: Drawing): string {
  const { ink, palette, placeRandom, width } = drawing;
  const stone = lit(drawing, mix(palette.silver, palette.wood, 0.32));
  const fill = ink.linear([
    [0, lighten(stone, 0.05)],
    [0.25, stone],
    [1, lighten(stone, -0.14)],
  ]);
  const edge = rect(-BLEED, QUAY, width + 2 * BLEED, 400, { fill });
  const kerb = rect(-BLEED, QUAY - 6, width + 2 * BLEED, 12, { fill: lighten(stone, 0.1) }, 5);
  const stones = repeat(amount(drawing, 40), () => {
    const y = QUAY + 18 + placeRandom() * 150;
    const x = between(placeRandom, -BLEED, width + BLEED);
    const size = 24 + (y - QUAY) * 0.5;
    return rect(x, y, size, size * 0.32, { fill: lighten(stone, between(placeRandom, -0.07, 0.05)), opacity: 0.7 }, 6);
  });
  return edge + stones + kerb;
}

function bollard(drawing: Drawing, x: number): string {
  const iron = lit(drawing, mix(drawing.palette.deep, drawing.palette.rose, 0.18));
  return (
    path(`M${x - 20} ${QUAY + 30}q4 -30 2 -48h36q-2 18 2 48Z`, { fill: iron }) +
    path(`M${x - 27} ${QUAY - 20}h54q6 -17 -27 -17t-27 17Z`, { fill: lighten(iron, 0.09) })
  );
}

/** A small stone harbour: houses up the hill, boats at their moorings, a pier with a lighthouse, the quay in front. */
export function harbour(drawing: Drawing): Scene {
  const { placeRandom, palette, width } = drawing;
  const windy = isWindy(drawing.text);
  const headland = ridge(
    placeRandom,
    { left: width * 0.52, right: width + BLEED, y: HORIZON + 4, height: 46, step: 90, bottom: HORIZON + 20 },
    { fill: lit(drawing, mix(palette.leaf, palette.violet, 0.5), 0.6) },
  );
  const hill = path(
    `M${-BLEED} 262Q${width * 0.1} 224 ${width * 0.2} 286T${width * 0.36} 366T${width * 0.5} 470Q${width * 0.46} 560 ${width * 0.36} ${QUAY}H${-BLEED}Z`,
    { fill: lit(drawing, mix(palette.leaf, palette.deep, 0.3), 0.42) },
  );
  const boats = repeat(amount(drawing, 7), (index) =>
    sailingBoat(drawing, placeRandom, {
      x: width * 0.36 + index * between(placeRandom, 96, 138),
      y: HORIZON + 34 + (index % 3) * 52 + placeRandom() * 16,
      scale: 0.42 + (index % 3) * 0.22,
      depth: 0.5 - (index % 3) * 0.16,
      windy,
      lantern: drawing.mood.lampsLit,
    }),
  );
  const pier = rect(width * 0.76, HORIZON + 14, width, 16, { fill: lit(drawing, palette.silver, 0.45) });
  const front =
    lampPost(drawing, width * 0.09, QUAY + 44) + bollard(drawing, width * 0.9) + bollard(drawing, width * 0.24);
  return {
    back:
      sky(drawing, HORIZON) +
      headland +
      water(drawing, HORIZON, QUAY + 20) +
      lighthouse(drawing, width * 0.84, HORIZON + 18, 136, 0.36) +
      pier +
      hill +
      town(drawing) +
      boats +
      quay(drawing) +
      front,
    front: '',
    ground: 652,
    afloat: false,
  };
}
