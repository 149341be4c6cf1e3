import { describe, expect, it } from 'vitest';
import { inkOn, isHexColour } from './PaletteSwatches.tsx';

describe('inkOn', () => {
  it('reads well on light, dark and saturated colours', () => {
    expect(inkOn('#ffffff')).toBe('#000000');
    expect(inkOn('#10131a')).toBe('#ffffff');
    expect(inkOn('#ffff00')).toBe('#000000');
    expect(inkOn('#0000FF')).toBe('#ffffff');
    // Here black has 5.3 to 1, white only 4.0.
    expect(inkOn('#ff0000')).toBe('#000000');
  });
});

describe('isHexColour', () => {
  it('lets nothing through that is more than a colour', () => {
    expect(isHexColour('#1f3a5f')).toBe(true);
    for (const text of ['red', '#fff', '#1f3a5f;', 'url(x)']) expect(isHexColour(text)).toBe(false);
  });
});
