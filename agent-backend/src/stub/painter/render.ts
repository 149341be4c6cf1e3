import sharp from 'sharp';

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
async function pixels({ svg, blur }: Layer, frame: Frame): Promise<Buffer> {
  const drawn = sharp(svgOf(svg, frame, blur));
  const sized = blur === 1 ? drawn : drawn.resize(frame.width, frame.height, { fit: 'fill', kernel: 'cubic' });
  return sized.ensureAlpha().raw().toBuffer();
}

/** Draws the layers over one another and returns the picture as a PNG. */
export async function render(layers: readonly Layer[], frame: Frame): Promise<Uint8Array> {
  const raw = { width: frame.width, height: frame.height, channels: 4 as const };
  const [back, ...rest] = await Promise.all(layers.map((layer) => pixels(layer, frame)));
  if (back === undefined) throw new RangeError('a picture needs a layer');
  return sharp(back, { raw })
    .composite(rest.map((input) => ({ input, raw })))
    .removeAlpha()
    .png({ compressionLevel: 6 })
    .toBuffer();
}
