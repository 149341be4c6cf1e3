import type { Random } from '../../seed.ts';
import { glow } from '../atmosphere.ts';
import { type Colour, lighten, mix } from '../colour.ts';
import { type Drawing, lit } from '../drawing.ts';
import { between, circle, faded, line, path, placed } from '../shapes.ts';

interface Boat {
  x: number;
  y: number;
  scale: number;
  depth: number;
  /** Whether the wind fills the sails; they hang otherwise. */
  windy: boolean;
  lantern: boolean;
}

function sails(drawing: Drawing, random: Random, windy: boolean, depth: number): string {
  const { ink, palette } = drawing;
  const cloth = mix(palette.pale, palette.rose, random() < 0.4 ? 0.55 : 0.06);
  const shade = (by: number) => lit(drawing, lighten(cloth, by), depth);
  const fill = ink.linear(
    [
      [0, shade(-0.08)],
      [0.5, shade(0.04)],
      [1, shade(-0.12)],
    ],
    [0, 0],
    [1, 0.2],
  );
  const belly = windy ? 34 : 3;
  const main = path(`M4 -128Q${58 + belly} -70 ${62 + belly / 2} -22Q30 ${windy ? -10 : -20} 4 -20Z`, { fill });
  const jib = path(`M-4 -116Q${-30 - belly / 3} -60 ${-46 - belly / 4} -20Q-22 -14 -4 -20Z`, { fill });
  const patch = path('M22 -66l14 4l-3 15l-14 -3Z', { fill: shade(-0.16), opacity: 0.7 });
  return jib + main + patch;
}

function hull(drawing: Drawing, colour: Colour, depth: number): string {
  const body = lit(drawing, colour, depth);
  const side = drawing.ink.linear([
    [0, lighten(body, 0.06)],
    [1, lighten(body, -0.12)],
  ]);
  const stripe = lit(drawing, mix(drawing.palette.warm, colour, 0.15), depth);
  return (
    path('M-66 -18Q0 -8 70 -20Q62 12 40 16H-38Q-58 8 -66 -18Z', { fill: side }) +
    path('M-64 -12Q0 -2 68 -14L66 -7Q0 5 -61 -5Z', { fill: stripe, opacity: 0.85 })
  );
}

/** A fishing boat under sail, with its image in the water below it. */
export function sailingBoat(drawing: Drawing, random: Random, boat: Boat): string {
  const { depth } = boat;
  const wood = mix(
    drawing.palette.wood,
    random() < 0.5 ? drawing.palette.teal : drawing.palette.rose,
    between(random, 0, 0.6),
  );
  const mast = line(
    [
      [0, -18],
      [0, -140],
    ],
    { stroke: lit(drawing, drawing.palette.wood, depth), width: 4 },
  );
  const pennant = boat.windy
    ? path('M0 -140q14 4 26 -2q-6 8 -26 10Z', { fill: lit(drawing, drawing.palette.rose, depth) })
    : '';
  const lamp = boat.lantern
    ? glow(drawing, -40, -34, 46, drawing.mood.lamp, 0.8) +
      circle(-40, -34, 4.5, { fill: lighten(drawing.mood.lamp, 0.12) })
    : '';
  const above = sails(drawing, random, boat.windy, depth) + mast + pennant + hull(drawing, wood, depth);
  const mirrored = faded(placed(above, 0, 30, [1, -0.5]), 0.22);
  const shine = boat.lantern
    ? line(
        [
          [-40, 24],
          [-40, 60],
        ],
        { stroke: drawing.mood.lamp, width: 5, opacity: 0.4 },
      )
    : '';
  return placed(mirrored + shine + above + lamp, boat.x, boat.y, boat.scale);
}

/** The near side of a small rowing boat; figures sit behind it. */
export function rowingBoat(drawing: Drawing, x: number, y: number, width: number): string {
  const { ink, palette } = drawing;
  const isTub = /bathtub/i.test(drawing.text);
  const wood = lit(drawing, isTub ? mix(palette.pale, palette.silver, 0.35) : mix(palette.wood, palette.warm, 0.12));
  const fill = ink.linear([
    [0, lighten(wood, 0.07)],
    [1, lighten(wood, -0.16)],
  ]);
  const half = width / 2;
  const side = path(
    `M${x - half} ${y - 34}Q${x} ${y + 4} ${x + half} ${y - 40}Q${x + half * 0.86} ${y + 74} ${x + half * 0.55} ${y + 110}H${x - half * 0.58}Q${x - half * 0.9} ${y + 60} ${x - half} ${y - 34}Z`,
    { fill },
  );
  const plank = (drop: number) =>
    path(`M${x - half + drop * 0.4} ${y - 30 + drop}Q${x} ${y + 6 + drop} ${x + half - drop * 0.4} ${y - 36 + drop}`, {
      stroke: lighten(wood, -0.2),
      width: 3,
      opacity: 0.6,
    });
  const rim = path(`M${x - half} ${y - 34}Q${x} ${y + 4} ${x + half} ${y - 40}`, {
    stroke: lighten(wood, 0.16),
    width: 9,
  });
  const oar = line(
    [
      [x + half * 0.2, y - 20],
      [x + half * 1.25, y + 92],
    ],
    { stroke: lighten(wood, 0.1), width: 10 },
  );
  return side + (isTub ? '' : plank(26) + plank(54)) + rim + oar;
}
