import { BLEED, glow, sky, water } from '../atmosphere.ts';
import { lighten, mix } from '../colour.ts';
import { amount, type Drawing, lit, type Scene } from '../drawing.ts';
import { between, circle, curve, line, type Point, path, placed, polygon, repeat } from '../shapes.ts';
import { sailingBoat } from './boats.ts';
import { isWindy } from './harbour.ts';

const HORIZON = 352;

function teeth(drawing: Drawing): string {
  const { palette, placeRandom, width } = drawing;
  const rock = lit(drawing, mix(palette.deep, palette.violet, 0.25), 0.42);
  return repeat(9, (index) => {
    const x = width * 0.02 + index * between(placeRandom, 44, 76);
    const height = between(placeRandom, 40, 124);
    const foot = HORIZON + 14 + placeRandom() * 12;
    const points: Point[] = [
      [x - height * 0.36, foot],
      [x - height * 0.08, foot - height],
      [x + height * 0.12, foot - height * 0.72],
      [x + height * 0.42, foot],
    ];
    const light: Point[] = [
      points[1] ?? [x, foot],
      [x + height * 0.12, foot - height * 0.72],
      [x + height * 0.42, foot],
      [x + 4, foot],
    ];
    return polygon(points, { fill: rock }) + polygon(light, { fill: lighten(rock, 0.06 * drawing.mood.side) });
  });
}

/** Little lamps on the water, each with its image below it. */
function lampsOnWater(drawing: Drawing, count: number): string {
  const { mood, shotRandom, width } = drawing;
  return repeat(amount(drawing, count), () => {
    const depth = shotRandom() ** 1.4;
    const x = between(shotRandom, 0, width);
    const y = HORIZON + 14 + depth * 300;
    const size = 1.6 + depth * 5;
    return (
      line(
        [
          [x, y + size * 2],
          [x, y + size * 7],
        ],
        { stroke: mood.lamp, width: size * 0.9, opacity: 0.34 },
      ) +
      glow(drawing, x, y, size * 9, mood.lamp, 0.75) +
      circle(x, y, size, { fill: lighten(mood.lamp, 0.14) })
    );
  });
}

function fleet(drawing: Drawing): string {
  const { placeRandom, width } = drawing;
  const windy = isWindy(drawing.text) || drawing.mood.hour === 'dawn';
  return repeat(amount(drawing, 9), (index) => {
    const depth = 0.62 - (index % 4) * 0.15;
    return sailingBoat(drawing, placeRandom, {
      x: ((index * 0.618 + 0.1) % 1) * (width + 160) - 80,
      y: HORIZON + 18 + (index % 4) * 44,
      scale: 0.34 + (index % 4) * 0.24,
      depth,
      windy,
      lantern: drawing.mood.lampsLit,
    });
  });
}

/** People in little boats with a lamp in the bow, all over the water. */
function rowers(drawing: Drawing): string {
  const { mood, palette, shotRandom, width } = drawing;
  return repeat(amount(drawing, 11), (index) => {
    const depth = (index + shotRandom()) / 11;
    const x = between(shotRandom, 0, width);
    const y = HORIZON + 60 + depth * 230;
    const size = 0.4 + depth * 0.7;
    const wood = lit(
      drawing,
      mix(palette.wood, [palette.pale, palette.rose, palette.teal][index % 3] ?? palette.pale, 0.4),
      0.4 - depth * 0.3,
    );
    const coat = lit(
      drawing,
      [palette.rose, palette.teal, palette.violet, palette.warm][index % 4] ?? palette.rose,
      0.3 - depth * 0.3,
    );
    const figure = (at: number) =>
      path(`M${at - 11} -8Q${at - 12} -40 ${at} -42Q${at + 12} -40 ${at + 11} -8Z`, { fill: coat }) +
      circle(at, -50, 9, { fill: lit(drawing, '#e8bd98', 0.2) });
    const lamp = mood.lampsLit
      ? glow(drawing, 46, -26, 60, mood.lamp, 0.7) + circle(46, -26, 5, { fill: lighten(mood.lamp, 0.14) })
      : '';
    const boat =
      figure(-20) +
      figure(14) +
      line(
        [
          [-6, -24],
          [-64, 12],
        ],
        { stroke: lighten(wood, 0.1), width: 4 },
      ) +
      path('M-54 -16Q0 0 58 -18Q48 12 34 15H-36Q-50 8 -54 -16Z', { fill: wood });
    return placed(boat + lamp, x, y, size);
  });
}

/** Waves in front, like strips of cut paper. */
function nearWaves(drawing: Drawing): string {
  const { mood, palette, placeRandom, width } = drawing;
  return repeat(3, (row) => {
    const y = 560 + row * 62;
    const base = lit(drawing, mix(palette.teal, palette.deep, 0.5 + row * 0.14));
    const points: Point[] = [];
    for (let x = -BLEED; x <= width + BLEED + 90; x += 90)
      points.push([x, y + (points.length % 2 === 0 ? -9 : 9) + between(placeRandom, -4, 4)]);
    const crest = curve(points);
    return (
      path(`${crest}V1000H${-BLEED}Z`, { fill: base, opacity: 0.5 }) +
      path(crest, { stroke: mix(base, mood.key, 0.45), width: 2.6, opacity: 0.5 })
    );
  });
}

/** Open sea under a huge sky, with a fleet upon it and rocks behind. */
export function sea(drawing: Drawing): Scene {
  const rowing = /dingh|\brow(s|ed|ing)?\b (out|boats?)|rowing|bathtub|little boats|small boats|\boars?\b/i.test(
    drawing.text,
  );
  const lamps = /lantern|lamp/i.test(drawing.text) && drawing.mood.lampsLit ? lampsOnWater(drawing, 42) : '';
  return {
    back:
      sky(drawing, HORIZON) +
      water(drawing, HORIZON, 720 + BLEED) +
      teeth(drawing) +
      fleet(drawing) +
      nearWaves(drawing) +
      lamps +
      (rowing ? rowers(drawing) : ''),
    front: '',
    ground: 640,
    afloat: true,
  };
}
