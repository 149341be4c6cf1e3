'use client';

import type { SceneletTree } from '@story-tree/domain';
import { createContext, use } from 'react';
import type { StoryDetail, TaskSummary } from '../../wire/index.ts';
import type { StoryShot } from './storyParts.ts';
import type { UnitProgress } from './unitProgress.ts';

/** The story that a page is about, as it is stored. */
export interface StoryPage {
  storyId: string;
  detail: StoryDetail;
  tree: SceneletTree;
  /** By the scenelet's id. */
  shotsOf: ReadonlyMap<string, readonly StoryShot[]>;
  /** The address of a file, new whenever the file was made anew while the page was open. */
  addressOf(path: string | null): string | null;
}

/** What is being done to the story now. Changes with each event, so few components should depend on it. */
export interface StoryWork {
  /** The task that holds the story. */
  task: TaskSummary | null;
  /** Why nothing else can be asked of the story now, as a sentence; null when something can. */
  lock: string | null;
  /** What the task said last about a workflow task. */
  latest: UnitProgress | null;
  /** Whether a unit of a workflow task is under way. */
  isMaking(workflowTask: string, unit: string): boolean;
}

export const StoryPageContext = createContext<StoryPage | null>(null);
export const StoryWorkContext = createContext<StoryWork | null>(null);

export function useStoryPage(): StoryPage {
  return present(use(StoryPageContext));
}

export function useStoryWork(): StoryWork {
  return present(use(StoryWorkContext));
}

function present<T>(value: T | null): T {
  if (value === null) throw new Error('This component belongs on the page of a story.');
  return value;
}
