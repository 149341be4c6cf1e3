import { type Colour, lighten, mix } from './colour.ts';
import { amount, type Drawing } from './drawing.ts';
import { n } from './ink.ts';
import { between, circle, curve, line, type Point, path, rect, repeat } from './shapes.ts';

/** How far drawings extend beyond the frame, so that the camera can move across them. */
export const BLEED = 240;

/** A soft glow around a point. */
export function glow(drawing: Drawing, x: number, y: number, radius: number, colour: Colour, strength = 0.6): string {
  const fill = drawing.ink.radial([
    [0, lighten(colour, 0.1), strength],
    [0.25, colour, strength * 0.5],
    [1, colour, 0],
  ]);
  return circle(x, y, radius, { fill });
}

function stars(drawing: Drawing, bottom: number): string {
  const random = drawing.shotRandom;
  return repeat(amount(drawing, 70), () => {
    const x = between(random, -BLEED, drawing.width + BLEED);
    const y = between(random, -40, bottom * 0.85);
    const size = random() ** 3 * 2.2 + 0.7;
    return circle(x, y, size, { fill: drawing.mood.key, opacity: between(random, 0.35, 0.95) });
  });
}

function cloud(drawing: Drawing, x: number, y: number, size: number, colour: Colour, opacity: number): string {
  const random = drawing.shotRandom;
  const puffs = 4 + Math.floor(random() * 3);
  const points: Point[] = [[x - size, y]];
  for (let index = 0; index < puffs; index += 1) {
    const share = (index + 0.5) / puffs;
    points.push([
      x - size + 2 * size * share,
      y - size * (0.14 + 0.26 * Math.sin(Math.PI * share) * between(random, 0.6, 1.2)),
    ]);
  }
  points.push([x + size, y]);
  return path(`${curve(points)}Q${n(x)} ${n(y + size * 0.1)} ${n(x - size)} ${n(y)}Z`, { fill: colour, opacity });
}

function clouds(drawing: Drawing, horizon: number): string {
  const { mood, shotRandom, width } = drawing;
  const lightest = mix(mood.sky[2], mood.key, 0.5);
  return repeat(amount(drawing, 7), (index) => {
    const depth = index / 7;
    const y = between(shotRandom, horizon * 0.12, horizon * 0.8);
    const colour = mix(lightest, mood.sky[1], 0.25 + 0.5 * depth);
    const size = between(shotRandom, 90, 250);
    return cloud(drawing, between(shotRandom, -80, width + 80), y, size, colour, mood.hour === 'night' ? 0.22 : 0.5);
  });
}

/** The position of the sun or the moon. */
function lightSource(drawing: Drawing, horizon: number): Point {
  const { mood, width } = drawing;
  const x = width * (mood.side === 1 ? 0.74 : 0.27);
  const low = mood.hour === 'dawn' || mood.hour === 'dusk' || mood.hour === 'gold';
  return [x, low ? horizon - 46 : horizon * 0.3];
}

function sunOrMoon(drawing: Drawing, horizon: number): string {
  const { mood } = drawing;
  const [x, y] = lightSource(drawing, horizon);
  if (mood.hour === 'storm' || mood.hour === 'greyDawn') return glow(drawing, x, y, 300, mood.key, 0.35);
  const night = mood.hour === 'night';
  const radius = night ? 34 : 46;
  const disc = circle(x, y, radius, { fill: lighten(mood.key, 0.06) });
  const shadow = night
    ? circle(x + 13, y - 8, radius * 0.86, { fill: mix(mood.sky[0], mood.sky[1], 0.5), opacity: 0.82 })
    : '';
  return glow(drawing, x, y, night ? 230 : 420, mood.key, night ? 0.4 : 0.75) + disc + shadow;
}

/** The sky down to the horizon, with what belongs in it at this time of day. */
export function sky(drawing: Drawing, horizon: number): string {
  const { ink, mood, width } = drawing;
  const [top, middle, bottom] = mood.sky;
  const fill = ink.linear([
    [0, top],
    [0.55, middle],
    [1, bottom],
  ]);
  const below = rect(-BLEED, horizon, width + 2 * BLEED, 720, { fill: mix(bottom, mood.haze, 0.5) });
  const dome = below + rect(-BLEED, -BLEED, width + 2 * BLEED, horizon + BLEED + 4, { fill });
  return (
    dome +
    (mood.hour === 'night' ? stars(drawing, horizon) : '') +
    sunOrMoon(drawing, horizon) +
    clouds(drawing, horizon)
  );
}

/** Water from the horizon down, with the reflection of the light on it. */
export function water(drawing: Drawing, horizon: number, bottom: number): string {
  const { ink, mood, palette, shotRandom, width } = drawing;
  const near = mix(mix(palette.teal, palette.deep, 0.45), mood.ambient, mood.ambientShare * 0.8);
  const fill = ink.linear([
    [0, mix(mood.sky[2], mood.haze, 0.5)],
    [0.25, mix(near, mood.sky[1], 0.55)],
    [1, lighten(near, -0.05)],
  ]);
  const [sunX] = lightSource(drawing, horizon);
  const sheet = rect(-BLEED, horizon, width + 2 * BLEED, bottom - horizon, { fill });
  const ripples = repeat(amount(drawing, 46), () => {
    const depth = shotRandom() ** 1.6;
    const y = horizon + 4 + depth * (bottom - horizon - 4);
    const length = 14 + depth * 120;
    const onPath = shotRandom() < 0.5;
    const x = onPath ? sunX + between(shotRandom, -40, 40) * (1 + 2 * depth) : between(shotRandom, -100, width + 100);
    const colour = onPath ? mood.key : mix(mood.sky[1], near, 0.3);
    const paint = { stroke: colour, width: 1.4 + depth * 3, opacity: onPath ? 0.5 : 0.34 };
    return line(
      [
        [x - length / 2, y],
        [x + length / 2, y + between(shotRandom, -1, 1)],
      ],
      paint,
    );
  });
  return sheet + ripples;
}

/** Specks in the air: dust in the light, snow or rain. */
export function air(drawing: Drawing): string {
  const { height, mood, shotRandom, width } = drawing;
  if (mood.hour === 'storm') {
    return repeat(amount(drawing, 90), () => {
      const x = between(shotRandom, -40, width + 40);
      const y = between(shotRandom, -40, height);
      const length = between(shotRandom, 18, 46);
      return line(
        [
          [x, y],
          [x - length * 0.25, y + length],
        ],
        { stroke: mood.key, width: 1.6, opacity: 0.3 },
      );
    });
  }
  return repeat(amount(drawing, 26), () =>
    circle(between(shotRandom, 0, width), between(shotRandom, 0, height), between(shotRandom, 1, 3.4), {
      fill: mood.lampsLit ? mood.lamp : mood.key,
      opacity: between(shotRandom, 0.15, 0.5),
    }),
  );
}
