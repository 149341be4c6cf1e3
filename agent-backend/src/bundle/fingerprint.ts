import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { StoryBundle } from '@story-tree/domain';
import { z } from 'zod';
import type { AssetSurvey } from './bundleAssets.ts';
import { assetPathsOf, toStorePath } from './bundlePaths.ts';

/** Lies in every bundle and says whose it is and what it was made from. */
export const MARKER_FILE = '.story-tree-bundle.json';

const markerSchema = z.object({ storyId: z.string(), fingerprint: z.string() });
export type BundleMarker = z.infer<typeof markerSchema>;

/** Rises when bundles of the same content are written differently than before. */
const FORMAT = 2;

/**
 * A hash over everything that a bundle is made from: its data without the time of the export, the size and age of each
 * asset, the player.
 */
export function fingerprintOf(bundle: StoryBundle, survey: AssetSurvey, template: Uint8Array): string {
  const { exportedAt: _, ...metadata } = bundle.metadata;
  const hash = createHash('sha256').update(JSON.stringify([FORMAT, { ...bundle, metadata }]));
  for (const bundlePath of assetPathsOf(bundle)) {
    const facts = survey.get(toStorePath(bundle.metadata.storyId, bundlePath));
    hash.update(JSON.stringify([bundlePath, facts?.size, facts?.modified]));
  }
  return hash.update(template).digest('hex');
}

/** What a folder says of itself; null when it is no bundle of ours, or not a whole one. */
export async function readMarker(folder: string): Promise<BundleMarker | null> {
  try {
    return markerSchema.parse(JSON.parse(await readFile(path.join(folder, MARKER_FILE), 'utf8')));
  } catch {
    return null;
  }
}
