/** A stroke of a drawn tree: from one point over a bend to another, within a field of 160 × 90. */
export interface Stroke {
  path: string;
  width: number;
}

export interface Seedling {
  /** Which of three colours it is drawn in. */
  hue: 0 | 1 | 2;
  strokes: readonly Stroke[];
  leaves: readonly { x: number; y: number; radius: number }[];
}

const GENERATIONS = 5;
const HUES = [0, 1, 2] as const;

/**
 * A small tree that is derived from a text, always the same for the same text: it represents a story until there is a
 * picture of it.
 */
export function growSeedling(seed: string): Seedling {
  const random = randomFrom(seed);
  const strokes: Stroke[] = [];
  const leaves: { x: number; y: number; radius: number }[] = [];

  function grow(x: number, y: number, angle: number, length: number, generation: number): void {
    const endX = x + Math.cos(angle) * length;
    const endY = y + Math.sin(angle) * length;
    const bend = (random() - 0.5) * length * 0.5;
    const bendX = (x + endX) / 2 + Math.cos(angle + Math.PI / 2) * bend;
    const bendY = (y + endY) / 2 + Math.sin(angle + Math.PI / 2) * bend;
    strokes.push({
      path: `M${round(x)} ${round(y)}Q${round(bendX)} ${round(bendY)} ${round(endX)} ${round(endY)}`,
      width: round(2.6 / (generation + 1) + 0.35),
    });
    if (generation === GENERATIONS || (generation > 2 && random() < 0.22)) {
      leaves.push({ x: round(endX), y: round(endY), radius: round(1 + random() * 1.5) });
      return;
    }
    const branches = random() < 0.3 ? 3 : 2;
    for (let branch = 0; branch < branches; branch += 1) {
      const spread = (branch / (branches - 1) - 0.5) * (0.75 + random() * 0.5);
      grow(endX, endY, angle + spread + (random() - 0.5) * 0.25, length * (0.66 + random() * 0.16), generation + 1);
    }
  }

  grow(80, 92, -Math.PI / 2 + (random() - 0.5) * 0.2, 24 + random() * 4, 0);
  return { hue: HUES[Math.floor(random() * HUES.length)] ?? 0, strokes, leaves };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Numbers from 0 to 1 that depend on nothing but the text: FNV-1a for the start, mulberry32 from there. */
function randomFrom(seed: string): () => number {
  let state = 2_166_136_261;
  for (const character of seed) state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 16_777_619);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
