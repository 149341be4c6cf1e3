import type { ReferenceImageKind, Shot, StoryState } from '@story-tree/domain';
import type { UnitContext } from './task.ts';

type Storage = Pick<UnitContext, 'repositories' | 'assets'>;

/** Forgets the reference images of one kind, then removes their files: a kill in between leaves no row without a file. */
export async function removeReferenceImages(
  { story, referenceImages }: StoryState,
  kind: ReferenceImageKind,
  { repositories, assets }: Storage,
): Promise<void> {
  await repositories.referenceImages.deleteAll(story.id, kind);
  for (const image of referenceImages) if (image.kind === kind) await assets.remove(image.imagePath);
}

/** Forgets one kind of file of every shot, then removes the files. */
export async function removeShotFiles(
  { story, shots }: StoryState,
  field: 'keyFrameImagePath' | 'audioFilePath',
  { repositories, assets }: Storage,
): Promise<void> {
  const forget = (shot: Shot) =>
    field === 'keyFrameImagePath'
      ? repositories.shots.setKeyFrame(story.id, shot.id, null)
      : repositories.shots.setAudio(story.id, shot.id, null);
  for (const shot of shots) {
    const path = shot[field];
    if (path === null) continue;
    await forget(shot);
    await assets.remove(path);
  }
}
