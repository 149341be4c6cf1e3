'use client';

import { characterSheetPath, environmentImagePath, keyFramePath, speechPath } from '@story-tree/domain';
import { useCallback, useSyncExternalStore } from 'react';
import { useTaskMessages } from '../live/index.ts';
import { assetAddress } from './storyParts.ts';
import { type UnitProgress, unitProgressOf } from './storyWork.ts';

const NONE: ReadonlyMap<string, string> = new Map();

const listeners = new Set<() => void>();
/** By the address of a file: the event that last said that it was made. It outlasts pages, as the browser's memory does. */
let versions = NONE;

/** Follows which files are made. Once for all pages, so that none is missed while another page is open. */
export function useNoteMadeFiles(): void {
  useTaskMessages(({ task, event }) => {
    const progress = unitProgressOf(event);
    const address = task.storyId === null ? null : assetAddress(progress && madeFile(task.storyId, progress));
    if (address === null) return;
    versions = new Map(versions).set(address, event.id);
    for (const listener of listeners) listener();
  });
}

/**
 * Addresses of files as they are now. A file keeps its path when it is regenerated, and the browser would keep showing the
 * old one: so its address changes when an event says that it was made.
 */
export function useFreshAddress(): (address: string | null) => string | null {
  const known = useSyncExternalStore(
    subscribe,
    () => versions,
    () => NONE,
  );
  return useCallback(
    (address) => {
      const version = address === null ? undefined : known.get(address);
      return version === undefined ? address : `${address}?v=${version}`;
    },
    [known],
  );
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
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
