'use client';

import { type ReactNode, useMemo } from 'react';
import type { StoryDetail } from '../../wire/index.ts';
import { type StoryPage, StoryPageContext, StoryWorkContext } from './storyContext.ts';
import { shotsByScenelet, treeOf } from './storyParts.ts';
import { useFreshAssets } from './useFreshAssets.ts';
import { useWorkOn } from './useWorkOn.ts';

/** Gives the parts of a story's page the story, and what is being done to it. */
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
  const addressOf = useFreshAssets(storyId);
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
