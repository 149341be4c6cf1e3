'use client';

import AudioLines from 'lucide-react/icons/audio-lines';
import Clapperboard from 'lucide-react/icons/clapperboard';
import Coins from 'lucide-react/icons/coins';
import FileText from 'lucide-react/icons/file-text';
import Network from 'lucide-react/icons/network';
import Palette from 'lucide-react/icons/palette';
import Play from 'lucide-react/icons/play';
import ScrollText from 'lucide-react/icons/scroll-text';
import { notFound, usePathname, useRouter, useSelectedLayoutSegment } from 'next/navigation';
import { type ReactNode, useEffect } from 'react';
import { ErrorState, type Icon, PageBody, Skeleton, SkeletonText, Tabs } from '../../components/index.ts';
import { ApiError } from '../client/index.ts';
import { isStoryTab, STORY_TABS, StoryProvider, type StoryTabId, storyHref, useStory } from '../kit/index.ts';
import { useStoryTasks } from '../live/index.ts';
import { StoryHeader } from './StoryHeader.tsx';
import { StoryNotFound, useDocumentTitle } from './StoryNotFound.tsx';

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

/** Everything around the tabs of a story's page: it stays mounted when the tab changes. */
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
      {/* An overlong word in any part of the story never widens the page. */}
      <div className="flex flex-1 flex-col [overflow-wrap:anywhere]">{children}</div>
    </StoryProvider>
  );
}

/** The page of a story while it loads. */
function StorySkeleton() {
  return (
    <PageBody className="space-y-8">
      <p role="status" className="sr-only">
        The story is loading.
      </p>
      <div className="flex flex-wrap justify-between gap-4">
        <div className="w-full max-w-md space-y-3">
          <Skeleton className="h-9 w-4/5" />
          <Skeleton className="h-5 w-3/5" />
        </div>
        <Skeleton className="h-10 w-56" />
      </div>
      <Skeleton className="h-10 w-full" />
      <SkeletonText lines={8} />
    </PageBody>
  );
}

/**
 * Makes the server answer 404 for an address within the story that leads nowhere. The page that says so is rendered in
 * the story's frame, which the server does not fill; the browser shows it there, once it has the story.
 */
function useMissingTabStatus(): void {
  const tab = useSelectedLayoutSegment();
  if (typeof window === 'undefined' && tab !== null && !isStoryTab(tab)) notFound();
}

/**
 * Whether the story is being deleted, or was deleted after this page had shown it: then the browser returns to the
 * list. Whoever opens the address of a story that was already deleted is told so instead.
 */
function useLeaveWhenDeleted(storyId: string, wasShown: boolean): 'no' | 'running' | 'done' {
  const router = useRouter();
  const { active, recent } = useStoryTasks(storyId);
  const isRunning = active.some(({ operation }) => operation === 'DELETE_STORY');
  const isDone =
    wasShown && recent.some(({ operation, status }) => operation === 'DELETE_STORY' && status === 'succeeded');
  useEffect(() => {
    if (isDone) router.replace('/story');
  }, [isDone, router]);

  if (isDone) return 'done';
  return isRunning ? 'running' : 'no';
}
