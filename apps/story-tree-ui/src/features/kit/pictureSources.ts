import { PICTURE_WIDTHS } from '../../wire/index.ts';

/** The sources that an `<img>` chooses from where a picture is shown smaller than its size. */
export interface PictureSources {
  src: string;
  srcSet: string;
}

/** @param address of the picture as it is, which may carry a version */
export function pictureSources(address: string): PictureSources {
  const at = (width: number) => `${address}${address.includes('?') ? '&' : '?'}width=${width}`;
  return { src: at(PICTURE_WIDTHS[0]), srcSet: PICTURE_WIDTHS.map((width) => `${at(width)} ${width}w`).join(', ') };
}
