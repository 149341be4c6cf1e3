import { BLEED, glow, sky, water } from '../atmosphere.ts';
import { lighten, mix } from '../colour.ts';
import { between, circle, line, type Point, polygon, repeat } from '../shapes.ts';
import { amount, lit, type Scene, type Stage } from '../stage.ts';
import { sailingBoat } from './boats.ts';
import { isWindy } from './harbour.ts';

const HORIZON = 352;

function teeth(stage: Stage): string {
  const { palette, placeRandom, width } = stage;
  const rock = lit(stage, mix(palette.deep, palette.violet, 0.25), 0.42);
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
    const light: Point[] = [points[1] ?? [x, foot], [x + height * 0.12, foot - height * 0.72], [x + height * 0.42, foot], [x + 4, foot]];
    return polygon(points, { fill: rock }) + polygon(light, { fill: lighten(rock, 0.06 * stage.mood.side) });
  });
}

/** Little lamps on the water, each with its image below it. */
function lampsOnWater(stage: Stage, count: number): string {
  const { mood, shotRandom, width } = stage;
  return repeat(amount(stage, count), () => {
    const depth = shotRandom() ** 1.4;
    const x = between(shotRandom, 0, width);
    const y = HORIZON + 14 + depth * 300;
    const size = 1.6 + depth * 5;
    return (
      line([[x, y + size * 2], [x, y + size * 7]], { stroke: mood.lamp, width: size * 0.9, opacity: 0.34 }) +
      glow(stage, x, y, size * 9, mood.lamp, 0.75) +
      circle(x, y, size, { fill: lighten(mood.lamp, 0.14) })
    );
  });
}

function fleet(stage: Stage): string {
  const { placeRandom, width } = stage;
  const windy = isWindy(stage.text) || stage.mood.hour === 'dawn';
  return repeat(amount(stage, 9), (index) => {
    const depth = 0.62 - (index % 4) * 0.15;
    return sailingBoat(stage, placeRandom, {
      x: ((index * 0.618 + 0.1) % 1) * (width + 160) - 80,
      y: HORIZON + 18 + (index % 4) * 44,
      scale: 0.34 + (index % 4) * 0.24,
      depth,
      windy,
      lantern: stage.mood.lampsLit,
    });
  });
}

/** Open sea under a huge sky, with a fleet upon it and rocks behind. */
export function sea(stage: Stage): Scene {
  const lamps = /lantern|lamp/i.test(stage.text) && stage.mood.lampsLit ? lampsOnWater(stage, 42) : '';
  return {
    back: sky(stage, HORIZON) + water(stage, HORIZON, 720 + BLEED) + teeth(stage) + fleet(stage) + lamps,
    front: '',
    ground: 640,
    afloat: true,
  };
}
