'use client';

import { useSyncExternalStore } from 'react';

interface DrawerState {
  isOpen: boolean;
  /** The task to show expanded; null for none in particular. */
  taskId: string | null;
}

const CLOSED: DrawerState = { isOpen: false, taskId: null };

const listeners = new Set<() => void>();
let state = CLOSED;

function set(next: DrawerState): void {
  state = next;
  for (const listener of listeners) listener();
}

/** Shows the drawer on any page; with a task, that one is expanded. */
export function openTaskDrawer(taskId: string | null = null): void {
  set({ isOpen: true, taskId });
}

export function closeTaskDrawer(): void {
  set(CLOSED);
}

export function useTaskDrawerState(): DrawerState {
  return useSyncExternalStore(
    subscribe,
    () => state,
    () => CLOSED,
  );
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
