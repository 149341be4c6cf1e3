import { characterSheetPath, environmentImagePath, keyFramePath, speechPath } from '@story-tree/domain';
import type { TaskEvent } from '../live/index.ts';
import { assetAddress } from './storyParts.ts';
import { unitProgressOf } from './storyWork.ts';

/** The address of the file that a unit has just made; null for an event that tells of none. */
export function madeFile(storyId: string, event: TaskEvent): string | null {
  const { kind, task, unit } = unitProgressOf(event) ?? {};
  if (kind !== 'unit-done' || !unit) return null;
  const [label = '', index] = unit.split('/');
  switch (task) {
    case 'CREATE_CHARACTER_MODEL_SHEET':
      return assetAddress(characterSheetPath(storyId, unit));
    case 'CREATE_ENVIRONMENT_REFERENCE_IMAGE':
      return assetAddress(environmentImagePath(storyId, unit));
    case 'CREATE_SHOT_IMAGES':
      return assetAddress(keyFramePath(storyId, label, Number(index)));
    case 'CREATE_SHOT_AUDIO':
      return assetAddress(speechPath(storyId, label, Number(index)));
    default:
      return null;
  }
}
