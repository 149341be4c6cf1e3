/** A colour as `#rrggbb`. */
export type Colour = string;

type Triple = readonly [number, number, number];

function channels(colour: Colour): Triple {
  const value = Number.parseInt(colour.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

function toLinear(channel: number): number {
  const share = channel / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
}

function fromLinear(linear: number): number {
  const share = linear <= 0.0031308 ? linear * 12.92 : 1.055 * Math.max(0, linear) ** (1 / 2.4) - 0.055;
  return Math.round(Math.min(1, Math.max(0, share)) * 255);
}

/** Lightness from 0 to 1, green to red, blue to yellow: the OKLab space, in which mixtures look even. */
function toLab(colour: Colour): Triple {
  const [red, green, blue] = channels(colour).map(toLinear) as [number, number, number];
  const long = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
  const medium = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
  const short = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
  return [
    0.2104542553 * long + 0.793617785 * medium - 0.0040720468 * short,
    1.9779984951 * long - 2.428592205 * medium + 0.4505937099 * short,
    0.0259040371 * long + 0.7827717662 * medium - 0.808675766 * short,
  ];
}

function fromLab([lightness, redness, yellowness]: Triple): Colour {
  const long = (lightness + 0.3963377774 * redness + 0.2158037573 * yellowness) ** 3;
  const medium = (lightness - 0.1055613458 * redness - 0.0638541728 * yellowness) ** 3;
  const short = (lightness - 0.0894841775 * redness - 1.291485548 * yellowness) ** 3;
  const rgb = [
    fromLinear(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short),
    fromLinear(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short),
    fromLinear(-0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short),
  ];
  return `#${rgb.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}

/** A mixture of one colour (share 0) and another (share 1). */
export function mix(one: Colour, other: Colour, share: number): Colour {
  const from = toLab(one);
  const to = toLab(other);
  const blend = (index: 0 | 1 | 2) => from[index] + (to[index] - from[index]) * share;
  return fromLab([blend(0), blend(1), blend(2)]);
}

/** The same hue, lighter by a fraction of the whole range, or darker if `by` is negative. */
export function lighten(colour: Colour, by: number): Colour {
  const [lightness, redness, yellowness] = toLab(colour);
  return fromLab([Math.min(0.98, Math.max(0.04, lightness + by)), redness, yellowness]);
}

/** How different two colours look. */
export function distance(one: Colour, other: Colour): number {
  const from = toLab(one);
  const to = toLab(other);
  return Math.hypot(from[0] - to[0], from[1] - to[1], from[2] - to[2]);
}

/** The colour in a list that looks most like a given one; the given one if the list is empty. */
export function nearest(colours: readonly Colour[], wanted: Colour): Colour {
  let best = colours[0] ?? wanted;
  for (const colour of colours) if (distance(colour, wanted) < distance(best, wanted)) best = colour;
  return best;
}
