import { describe, expect, it } from 'vitest';
import { layoutInput, sameLayout } from './board.ts';
import { SKETCH, testBoard } from './testTrees.ts';

const input = (sketch = SKETCH) => layoutInput(testBoard(sketch));

describe('whether a layout stays', () => {
  it('does while only files and words change', () => {
    const withoutFiles = SKETCH.map((node) =>
      node.shots ? node : { ...node, shots: [{ image: false, audio: false }] },
    );
    expect(sameLayout(input(), input(withoutFiles))).toBe(true);
  });

  it('does not when scenelets come, shots come or a choice opens', () => {
    expect(sameLayout(input(), input([...SKETCH, { label: 'scenelet-3c', parent: 'scenelet-2c' }]))).toBe(false);
    expect(sameLayout(input(), input(SKETCH.slice(0, -1)))).toBe(false);
    expect(sameLayout(input(), input(SKETCH.map(({ shots: _, ...node }) => node)))).toBe(false);
    expect(sameLayout(input([{ label: 'scenelet-1' }]), input([{ label: 'scenelet-1', choicePrompt: '?' }]))).toBe(
      false,
    );
  });
});
