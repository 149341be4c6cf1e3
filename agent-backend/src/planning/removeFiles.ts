import type { ReferenceImageKind, Shot, StoryState } from '@story-tree/domain';
import type { UnitContext } from './task.ts';

type Storage = Pick<UnitContext, 'repositories' | 'assets'>;

/** Files removed under one hold of the story, for which others have to wait. */
const BATCH_SIZE = 100;

/** Deletes the rows of one kind of reference image, then the files: a kill in between leaves no row without a file. */
export async function removeReferenceImages(
  { story, referenceImages }: StoryState,
  kind: ReferenceImageKind,
  storage: Storage,
): Promise<void> {
  await storage.repositories.referenceImages.deleteAll(story.id, kind);
  const paths = referenceImages.filter((image) => image.kind === kind).map(({ imagePath }) => imagePath);
  for (const batch of inBatches(paths)) await removeAll(story.id, batch, storage);
}

/** Clears one kind of path of every shot, then removes the files. */
export async function removeShotFiles(
  { story, shots }: StoryState,
  field: 'keyFrameImagePath' | 'audioFilePath',
  storage: Storage,
): Promise<void> {
  const { repositories } = storage;
  const clearPath = (shot: Shot) =>
    field === 'keyFrameImagePath'
      ? repositories.shots.setKeyFrame(story.id, shot.id, null)
      : repositories.shots.setAudio(story.id, shot.id, null);
  for (const batch of inBatches(shots.filter((shot) => shot[field] !== null))) {
    for (const shot of batch) await clearPath(shot);
    await removeAll(
      story.id,
      batch.flatMap((shot) => shot[field] ?? []),
      storage,
    );
  }
}

/** Inside the fence: a writer that has lost the story removes nothing that its successor made. */
async function removeAll(storyId: string, paths: readonly string[], { repositories, assets }: Storage): Promise<void> {
  await repositories.whileHeld(storyId, async () => {
    for (const path of paths) await assets.remove(path);
  });
}

function inBatches<T>(items: readonly T[]): T[][] {
  const count = Math.ceil(items.length / BATCH_SIZE);
  return Array.from({ length: count }, (_, index) => items.slice(index * BATCH_SIZE, (index + 1) * BATCH_SIZE));
}
