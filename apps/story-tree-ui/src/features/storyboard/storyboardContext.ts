'use client';

import { createContext, use } from 'react';
import type { Board } from './model/board.ts';
import type { TreeLayout } from './model/layout.ts';
import type { LevelOfDetail } from './model/viewport.ts';

/** What everything on the canvas draws from. */
export interface StoryboardScene {
  board: Board;
  layout: TreeLayout;
  folded: ReadonlySet<string>;
  /** The active scenelet. */
  active: string;
  /** Labels from the root to it, both included. */
  path: ReadonlySet<string>;
  /** What a search has found. */
  found: ReadonlySet<string>;
}

export const SceneContext = createContext<StoryboardScene | null>(null);
export const LevelContext = createContext<LevelOfDetail>('card');

/** @throws Error outside of a storyboard */
export function useScene(): StoryboardScene {
  const scene = use(SceneContext);
  if (scene === null) throw new Error('useScene works inside a storyboard only');
  return scene;
}
