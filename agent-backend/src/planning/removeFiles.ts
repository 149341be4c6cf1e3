import type { ReferenceImageKind, Shot, StoryState } from '@story-tree/domain';
import type { UnitContext } from './task.ts';

type Storage = Pick<UnitContext, 'repositories' | 'assets'>;

/** Files that are removed under one hold of the story, which others wait for meanwhile. */
const AT_ONCE = 100;

/** Forgets the reference images of one kind, then removes their files: a kill in between leaves no row without a file. */
export async function removeReferenceImages(
  { story, referenceImages }: StoryState,
  kind: ReferenceImageKind,
  storage: Storage,
): Promise<void> {
  await storage.repositories.referenceImages.deleteAll(story.id, kind);
  const paths = referenceImages.filter((image) => image.kind === kind).map(({ imagePath }) => imagePath);
  for (const some of inPortions(paths)) await removeAll(story.id, some, storage);
}

/** Forgets one kind of file of every shot, then removes the files. */
export async function removeShotFiles(
  { story, shots }: StoryState,
  field: 'keyFrameImagePath' | 'audioFilePath',
  storage: Storage,
): Promise<void> {
  const { repositories } = storage;
  const forget = (shot: Shot) =>
    field === 'keyFrameImagePath'
      ? repositories.shots.setKeyFrame(story.id, shot.id, null)
      : repositories.shots.setAudio(story.id, shot.id, null);
  for (const some of inPortions(shots.filter((shot) => shot[field] !== null))) {
    for (const shot of some) await forget(shot);
    await removeAll(
      story.id,
      some.flatMap((shot) => shot[field] ?? []),
      storage,
    );
  }
}

/** Inside the fence: whoever has lost the story removes nothing that its successor has made. */
async function removeAll(storyId: string, paths: readonly string[], { repositories, assets }: Storage): Promise<void> {
  await repositories.whileHeld(storyId, async () => {
    for (const path of paths) await assets.remove(path);
  });
}

function inPortions<T>(items: readonly T[]): T[][] {
  const count = Math.ceil(items.length / AT_ONCE);
  return Array.from({ length: count }, (_, index) => items.slice(index * AT_ONCE, (index + 1) * AT_ONCE));
}
