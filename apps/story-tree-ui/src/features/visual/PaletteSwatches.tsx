'use client';

import type { VisualDesign } from '@story-tree/domain';
import { toast } from '../../components/index.ts';
import type { Wire } from '../../wire/index.ts';

type Swatch = Wire<VisualDesign>['global_aesthetic']['master_color_palette'][number];

/** The colours of a story; pressing one copies it. */
export function PaletteSwatches({ palette }: { palette: readonly Swatch[] }) {
  if (palette.length === 0) return null;
  return (
    <ul aria-label="Palette" className="grid grid-cols-2 gap-4 sm:grid-cols-3 lg:grid-cols-5">
      {palette.map((swatch, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a palette may name a colour twice
        <li key={index} className="overflow-hidden rounded-card border border-line bg-sheet shadow-card">
          <SwatchButton swatch={swatch} />
          <div className="px-3.5 py-3 text-sm">
            <p dir="auto" className="font-medium">
              {swatch.color_name}
            </p>
            <p dir="auto" className="text-ink-soft text-xs leading-snug">
              {swatch.usage_notes}
            </p>
          </div>
        </li>
      ))}
    </ul>
  );
}

function SwatchButton({ swatch: { color_name: name, hex_code: hex } }: { swatch: Swatch }) {
  async function copy() {
    try {
      await navigator.clipboard.writeText(hex);
      toast.success(`${hex} copied`);
    } catch {
      toast.error('The browser did not allow copying', { description: hex });
    }
  }
  return (
    <button
      type="button"
      aria-label={`Copy ${hex}, ${name}`}
      onClick={copy}
      style={isHexColour(hex) ? { backgroundColor: hex, color: inkOn(hex) } : undefined}
      className="-outline-offset-4! flex h-24 forced-color-adjust-none w-full items-end px-3.5 py-2.5 font-mono text-xs"
    >
      {hex}
    </button>
  );
}

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

/** The contrast of two luminances, from 1 to 21. */
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
