'use client';

import type { SceneletTree } from '@story-tree/domain';
import { createContext, type ReactNode, use, useCallback, useMemo } from 'react';
import type { StoryDetail } from '../../wire/index.ts';
import { useFreshAddress } from './freshFiles.ts';
import { assetAddress, type StoryShot, shotsByScenelet, treeOf } from './storyParts.ts';
import { type StoryWork, useWorkOn } from './storyWork.ts';

/** The story that a page is about, as it is stored. */
export interface StoryPage {
  storyId: string;
  detail: StoryDetail;
  tree: SceneletTree;
  /** By the scenelet's id. */
  shotsOf: ReadonlyMap<string, readonly StoryShot[]>;
  /** The address of a file, which changes when the file is regenerated while the page is open. */
  addressOf(path: string | null): string | null;
}

const StoryPageContext = createContext<StoryPage | null>(null);
const StoryWorkContext = createContext<StoryWork | null>(null);

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

/** Provides the parts of a story's page with the story and the work on it. */
export function StoryProvider({
  storyId,
  detail,
  children,
}: {
  storyId: string;
  detail: StoryDetail;
  children: ReactNode;
}) {
  const work = useWorkOn(storyId);
  const fresh = useFreshAddress();
  const addressOf = useCallback((path: string | null) => fresh(assetAddress(path)), [fresh]);
  const { scenelets, shots } = detail;
  const tree = useMemo(() => treeOf(scenelets), [scenelets]);
  const shotsOf = useMemo(() => shotsByScenelet(shots), [shots]);
  const page = useMemo<StoryPage>(
    () => ({ storyId, detail, tree, shotsOf, addressOf }),
    [storyId, detail, tree, shotsOf, addressOf],
  );
  return (
    <StoryPageContext value={page}>
      <StoryWorkContext value={work}>{children}</StoryWorkContext>
    </StoryPageContext>
  );
}
