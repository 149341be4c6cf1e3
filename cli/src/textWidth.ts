import stringWidth from 'string-width';

/** The columns that a text takes. Most are plain, and then the library need not compile what it knows of all others. */
export function widthOf(text: string): number {
  return /^[ -~]*$/.test(text) ? text.length : stringWidth(text);
}

const graphemes = new Intl.Segmenter();

/** Text cut to a number of columns of a terminal, with an ellipsis if anything is missing; wide characters take two. */
export function fitted(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text;
  let kept = '';
  let width = 0;
  for (const { segment } of graphemes.segment(text)) {
    width += widthOf(segment);
    if (width > columns - 1) break;
    kept += segment;
  }
  return columns < 1 ? '' : `${kept}…`;
}

/** Text filled up with spaces to a number of columns: at its end, or before numbers. */
export function padded(text: string, columns: number): string {
  const space = ' '.repeat(Math.max(0, columns - widthOf(text)));
  return /^\$?\d/.test(text) ? `${space}${text}` : `${text}${space}`;
}
