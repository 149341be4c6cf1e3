import sharp from 'sharp';
import type { Detail } from './drawing.ts';
import { onPaper } from './paper.ts';

/** One layer of a picture: what is drawn, and how far out of focus it is (1 is sharp). */
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

// A picture takes a fraction of a second; more threads would only compete with the rest of the process.
sharp.concurrency(1);

function svgOf(content: string, { height, unitHeight, unitWidth, width }: Frame, shrink: number): Buffer {
  const size = `width="${Math.ceil(width / shrink)}" height="${Math.ceil(height / shrink)}"`;
  const box = `viewBox="0 0 ${unitWidth} ${unitHeight}" preserveAspectRatio="none"`;
  return Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" ${size} ${box}>${content}</svg>`);
}

/** Neighbouring layers of equal sharpness are drawn together, which is cheaper. */
function merged(layers: readonly Layer[]): Layer[] {
  const result: Layer[] = [];
  for (const layer of layers) {
    const last = result.at(-1);
    if (last?.blur === layer.blur) last.svg += layer.svg;
    else result.push({ ...layer });
  }
  return result;
}

/** Drawing small and enlarging is the cheapest way to blur. */
function pixels({ svg, blur }: Layer, definitions: string, frame: Frame): Promise<Uint8Array> {
  const drawn = sharp(svgOf(definitions + svg, frame, blur));
  const sized = blur === 1 ? drawn : drawn.resize(frame.width, frame.height, { fit: 'fill', kernel: 'cubic' });
  return sized.ensureAlpha().raw().toBuffer();
}

async function painted(layers: readonly Layer[], definitions: string, frame: Frame): Promise<Uint8Array> {
  const { height, width } = frame;
  const drawings = await Promise.all(merged(layers).map((layer) => pixels(layer, definitions, frame)));
  const points = onPaper(drawings, width, height);
  return sharp(points, { raw: { width, height, channels: 3 } })
    .png({ compressionLevel: 6 })
    .toBuffer();
}

function sketched(layers: readonly Layer[], definitions: string, frame: Frame): Promise<Uint8Array> {
  const content = layers.map(({ svg }) => svg).join('');
  return sharp(svgOf(definitions + content, frame, 1))
    .removeAlpha()
    .png({ compressionLevel: 6 })
    .toBuffer();
}

/**
 * Draws layers over one another, back to front, and returns the picture as a PNG.
 *
 * @param definitions the gradients and clips that the layers use
 * @param detail a sketch is entirely in focus and on plain paper
 */
export function render(
  layers: readonly Layer[],
  definitions: string,
  frame: Frame,
  detail: Detail,
): Promise<Uint8Array> {
  return detail === 'full' ? painted(layers, definitions, frame) : sketched(layers, definitions, frame);
}
