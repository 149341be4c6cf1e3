'use client';

import { NothingHere } from '../../components/index.ts';
import { bestTab, storyHref, useStoryPage } from '../kit/index.ts';

/** For an address within a story that leads nowhere. */
export function NoSuchTab() {
  const { storyId, detail } = useStoryPage();
  return (
    <NothingHere
      of="part"
      title="The story has no such part"
      href={storyHref(storyId, bestTab(detail))}
      way="Open the story"
    >
      Its parts are the tabs above.
    </NothingHere>
  );
}
