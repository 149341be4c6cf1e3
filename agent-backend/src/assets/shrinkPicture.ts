import { StoryTreeError } from '@story-tree/domain';
import { MAX_PIXELS } from '../models/pictureLimits.ts';

/** Of WebP, out of 100: at the size of a card nobody sees the difference to the original. */
const QUALITY = 80;

/**
 * A picture made smaller, as WebP. One that is narrower than `width` pixels keeps its size.
 * @throws StoryTreeError `not_found` for bytes that are no whole picture
 */
export async function shrinkPicture(bytes: Uint8Array, width: number): Promise<Uint8Array> {
  // Loaded when it is first needed: few processes ever shrink a picture.
  const { default: sharp } = await import('sharp');
  try {
    return await sharp(bytes, { failOn: 'warning', limitInputPixels: MAX_PIXELS })
      .resize({ width, withoutEnlargement: true })
      .webp({ quality: QUALITY })
      .toBuffer();
  } catch (cause) {
    throw new StoryTreeError('not_found', 'The picture is there but cannot be read: make it anew.', { cause });
  }
}
