import sharp from 'sharp';
import { randomFrom } from '../seed.ts';

/** One layer of a picture, back to front: what is drawn, and how far out of focus it is (1 is sharp). */
export interface Layer {
  svg: string;
  blur: number;
}

/** The size of a finished picture, and of the units that it was drawn in. */
export interface Frame {
  width: number;
  height: number;
  unitWidth: number;
  unitHeight: number;
}

function svgOf(content: string, frame: Frame, shrink: number): Buffer {
  const width = Math.ceil(frame.width / shrink);
  const height = Math.ceil(frame.height / shrink);
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" preserveAspectRatio="none" ` +
      `viewBox="0 0 ${frame.unitWidth} ${frame.unitHeight}">${content}</svg>`,
  );
}

/** Drawing small and enlarging is the cheapest way to blur. */
async function pixels({ svg, blur }: Layer, definitions: string, frame: Frame): Promise<Buffer> {
  const drawn = sharp(svgOf(definitions + svg, frame, blur));
  const sized = blur === 1 ? drawn : drawn.resize(frame.width, frame.height, { fit: 'fill', kernel: 'cubic' });
  return sized.ensureAlpha().raw().toBuffer();
}

/** Neighbours that are equally sharp are drawn at once, which is cheaper. */
function merged(layers: readonly Layer[]): Layer[] {
  const result: Layer[] = [];
  for (const layer of layers) {
    const last = result.at(-1);
    if (last?.blur === layer.blur) last.svg += layer.svg;
    else result.push({ ...layer });
  }
  return result;
}

const TILE = 256;

/** The tooth of painting paper: how much lighter or darker each point of a tile is. */
const PAPER: Int8Array = paperTile();

function paperTile(): Int8Array {
  const random = randomFrom('paper');
  const coarse = Array.from({ length: (TILE / 2) ** 2 }, () => random() + random() - 1);
  const at = (x: number, y: number) => coarse[((y + TILE / 2) % (TILE / 2)) * (TILE / 2) + ((x + TILE / 2) % (TILE / 2))] ?? 0;
  return Int8Array.from({ length: TILE * TILE }, (_, index) => {
    const x = (index % TILE) >> 1;
    const y = Math.floor(index / TILE) >> 1;
    return Math.round(4 * (at(x, y) * 0.6 + at(x + 1, y) * 0.3 + at(x, y + 1) * 0.3));
  });
}

/** Gives flat colour the grain of paper. */
function roughen(rgb: Buffer, width: number): void {
  let pixel = 0;
  for (let at = 0; at < rgb.length; at += 3) {
    const x = pixel % width;
    const y = (pixel - x) / width;
    const grain = PAPER[(y % TILE) * TILE + (x % TILE)] ?? 0;
    pixel += 1;
    if (grain === 0) continue;
    for (let channel = at; channel < at + 3; channel += 1) {
      const value = (rgb[channel] ?? 0) + grain;
      rgb[channel] = value < 0 ? 0 : value > 255 ? 255 : value;
    }
  }
}

/** Draws the layers over one another, with the gradients that they use, and returns the picture as a PNG. */
export async function render(layers: readonly Layer[], definitions: string, frame: Frame): Promise<Uint8Array> {
  const raw = { width: frame.width, height: frame.height, channels: 4 as const };
  const [back, ...rest] = await Promise.all(merged(layers).map((layer) => pixels(layer, definitions, frame)));
  if (back === undefined) throw new RangeError('a picture needs a layer');
  const flat = await sharp(back, { raw })
    .composite(rest.map((input) => ({ input, raw })))
    .removeAlpha()
    .raw()
    .toBuffer();
  roughen(flat, frame.width);
  return sharp(flat, { raw: { ...raw, channels: 3 } })
    .png({ compressionLevel: 6 })
    .toBuffer();
}
