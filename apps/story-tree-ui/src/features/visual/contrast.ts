const HEX = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i;

/** Whether a colour of the form `#1f3a5f` can be shown as it is. */
export function isHexColour(text: string): boolean {
  return HEX.test(text);
}

/** Black or white: whichever reads better on the colour. */
export function inkOn(hex: string): '#000000' | '#ffffff' {
  const light = luminance(hex);
  return contrast(light, 0) >= contrast(light, 1) ? '#000000' : '#ffffff';
}

/** How two luminances differ, from 1 to 21. */
function contrast(a: number, b: number): number {
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

/** Relative luminance, from 0 (black) to 1 (white). */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = (HEX.exec(hex) ?? [])
    .slice(1)
    .map((part) => linear(Number.parseInt(part, 16)));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function linear(channel: number): number {
  const share = channel / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
}
