'use client';

import { useSyncExternalStore } from 'react';
import { createIdMemory } from '../idMemory.ts';

const memory = createIdMemory('story-tree-dismissed-failures');
const NONE: ReadonlySet<string> = new Set();

/** Puts a failure aside; it stays in the history. */
export function dismissFailure(taskId: string): void {
  memory.add(taskId);
}

export function useDismissedFailures(): ReadonlySet<string> {
  return useSyncExternalStore(memory.subscribe, memory.all, () => NONE);
}
