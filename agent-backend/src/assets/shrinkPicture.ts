import { StoryTreeError } from '@story-tree/domain';
import { MAX_PIXELS } from '../models/pictureLimits.ts';

/** WebP quality, out of 100: at the size of a card nobody sees the difference from the original. */
const QUALITY = 80;

/**
 * Scales a picture down to `width` pixels, as WebP. A narrower one keeps its size.
 * @throws StoryTreeError `not_found` for bytes that are not a complete picture
 */
export async function shrinkPicture(bytes: Uint8Array, width: number): Promise<Uint8Array> {
  // Loaded only when needed: few processes ever shrink a picture.
  const { default: sharp } = await import('sharp');
  try {
    return await sharp(bytes, { failOn: 'warning', limitInputPixels: MAX_PIXELS })
      .resize({ width, withoutEnlargement: true })
      .webp({ quality: QUALITY })
      .toBuffer();
  } catch (cause) {
    throw new StoryTreeError('not_found', 'The picture exists but cannot be read: regenerate it.', { cause });
  }
}
