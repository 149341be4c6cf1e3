'use client';

import AudioLines from 'lucide-react/icons/audio-lines';
import Clapperboard from 'lucide-react/icons/clapperboard';
import Coins from 'lucide-react/icons/coins';
import FileText from 'lucide-react/icons/file-text';
import Network from 'lucide-react/icons/network';
import Palette from 'lucide-react/icons/palette';
import Play from 'lucide-react/icons/play';
import ScrollText from 'lucide-react/icons/scroll-text';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { ErrorState, type Icon, PageBody, Tabs } from '../../components/index.ts';
import { ApiError } from '../client/index.ts';
import { STORY_TABS, StoryProvider, type StoryTabId, storyHref, useStory } from '../kit/index.ts';
import { StoryHeader } from './StoryHeader.tsx';
import { StoryNotFound } from './StoryNotFound.tsx';
import { StorySkeleton } from './StorySkeleton.tsx';
import { useDocumentTitle } from './useDocumentTitle.ts';
import { useLeaveWhenDeleted } from './useLeaveWhenDeleted.ts';
import { useMissingTabStatus } from './useMissingTabStatus.ts';

const TAB_ICONS: Record<StoryTabId, Icon> = {
  constitution: ScrollText,
  script: FileText,
  storyboard: Network,
  visual: Palette,
  audio: AudioLines,
  shots: Clapperboard,
  player: Play,
  costs: Coins,
};

/** Everything around the tabs of a story's page: it stays while one goes from tab to tab. */
export function StoryFrame({ storyId, children }: { storyId: string; children: ReactNode }) {
  useMissingTabStatus();
  const { data: detail, error, refetch, isFetching } = useStory(storyId);
  const deletion = useLeaveWhenDeleted(storyId, detail !== undefined);
  const pathname = usePathname();
  const current = STORY_TABS.find(({ id }) => pathname === storyHref(storyId, id));
  useDocumentTitle(detail && [detail.story.displayName, ...(current ? [current.title] : [])].join(' · '));

  if (deletion === 'done') return <StorySkeleton />;
  if (error instanceof ApiError && error.code === 'not_found') return <StoryNotFound />;
  if (detail === undefined) {
    if (error === null) return <StorySkeleton />;
    return (
      <PageBody>
        <ErrorState title="The story could not be loaded" error={error} onRetry={refetch} retrying={isFetching} />
      </PageBody>
    );
  }
  return (
    <StoryProvider storyId={storyId} detail={detail}>
      <div className="mx-auto w-full max-w-6xl px-4 pt-6 sm:px-6 sm:pt-8">
        <StoryHeader isBeingDeleted={deletion === 'running'} />
        <div className="mt-5">
          <Tabs
            label="Parts of the story"
            current={storyHref(storyId, current?.id ?? 'constitution')}
            tabs={STORY_TABS.map(({ id, title }) => ({
              href: storyHref(storyId, id),
              label: title,
              icon: TAB_ICONS[id],
            }))}
          />
        </div>
      </div>
      {/* A word without end, in whatever part of the story, never widens the page. */}
      <div className="flex flex-1 flex-col [overflow-wrap:anywhere]">{children}</div>
    </StoryProvider>
  );
}
