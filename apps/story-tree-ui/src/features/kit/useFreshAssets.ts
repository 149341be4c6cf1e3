'use client';

import { characterSheetPath, environmentImagePath, keyFramePath, speechPath } from '@story-tree/domain';
import { useCallback, useState } from 'react';
import { useTaskMessages } from '../live/index.ts';
import { assetAddress } from './storyParts.ts';
import { type UnitProgress, unitProgressOf } from './storyWork.ts';

/**
 * Addresses of a story's files. A file keeps its path when it is regenerated, and the browser would keep showing the
 * old one: so its address changes when an event says that it was made.
 */
export function useFreshAssets(storyId: string): (path: string | null) => string | null {
  const [versions, setVersions] = useState<ReadonlyMap<string, string>>(new Map());
  useTaskMessages(({ task, event }) => {
    if (task.storyId !== storyId) return;
    const progress = unitProgressOf(event);
    const path = progress && madeFile(storyId, progress);
    if (path) setVersions((known) => new Map(known).set(path, event.id));
  });
  return useCallback(
    (path) => {
      const address = assetAddress(path);
      const version = path === null ? undefined : versions.get(path);
      return address === null || version === undefined ? address : `${address}?v=${version}`;
    },
    [versions],
  );
}

/** The file that a unit has just made, if it makes one. */
function madeFile(storyId: string, { kind, task, unit }: UnitProgress): string | null {
  if (kind !== 'unit-done' || unit === null) return null;
  const [label = '', index] = unit.split('/');
  switch (task) {
    case 'CREATE_CHARACTER_MODEL_SHEET':
      return characterSheetPath(storyId, unit);
    case 'CREATE_ENVIRONMENT_REFERENCE_IMAGE':
      return environmentImagePath(storyId, unit);
    case 'CREATE_SHOT_IMAGES':
      return keyFramePath(storyId, label, Number(index));
    case 'CREATE_SHOT_AUDIO':
      return speechPath(storyId, label, Number(index));
    default:
      return null;
  }
}
