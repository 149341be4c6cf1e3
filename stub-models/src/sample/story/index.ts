import type { SampleScenelet } from '../types.ts';
import { APPRENTICE } from './apprentice.ts';
import { JAR } from './jar.ts';
import { MOOR } from './moor.ts';
import { OPENING } from './opening.ts';
import { PATCHWORK } from './patchwork.ts';
import { PROMISE } from './promise.ts';
import { ROWING } from './rowing.ts';

const SCENELETS: readonly SampleScenelet[] = [
  ...OPENING,
  ...MOOR,
  ...PROMISE,
  ...JAR,
  ...PATCHWORK,
  ...ROWING,
  ...APPRENTICE,
];

/** The sample story by label, parents before children and choices in their order. */
export const SAMPLE_SCENELETS: ReadonlyMap<string, SampleScenelet> = new Map(
  SCENELETS.map((scenelet) => [scenelet.label, scenelet]),
);

/** The scenelets that follow one label, in the order of the choices; the root alone for `root`. */
export function sampleChildren(target: string): readonly SampleScenelet[] {
  const parent = target === 'root' ? null : target;
  return SCENELETS.filter((scenelet) => scenelet.parent === parent);
}
