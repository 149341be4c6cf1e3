'use client';

import BookOpen from 'lucide-react/icons/book-open';
import Plus from 'lucide-react/icons/plus';
import SearchX from 'lucide-react/icons/search-x';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { Button, EmptyState, ErrorState, Kbd, PageBody, useShortcut } from '../../components/index.ts';
import { ForOperators, useIsOperator, useStories } from '../kit/index.ts';
import { useAllTasks } from '../live/index.ts';
import { ExampleInvitation } from './Examples.tsx';
import { SeedlingArt } from './KeyArt.tsx';
import { viewedStories } from './listView.ts';
import { StoryGrid, StoryGridSkeleton } from './StoryGrid.tsx';
import { StoryToolbar } from './StoryToolbar.tsx';
import { useListView } from './useListView.ts';

const NewStoryDialog = dynamic(() => import('./NewStoryDialog.tsx'), { ssr: false });

/** All stories, and a button for a new one. */
export function StoriesPage() {
  const { data: stories, error, isFetching, refetch } = useStories();
  const { active } = useAllTasks();
  const [view, setView] = useListView();
  const [creation, setCreation] = useState({ open: false, turn: 0, prompt: '' });
  const isOperator = useIsOperator();
  const begin = (prompt = '') => setCreation(({ turn }) => ({ open: true, turn: turn + 1, prompt }));
  useShortcut('n', () => begin(), isOperator);

  const found = viewedStories(stories ?? [], view);
  return (
    <PageBody>
      <div className="mb-8 flex flex-wrap items-end justify-between gap-4">
        <div>
          <h1 className="text-3xl sm:text-4xl">Stories</h1>
          <p className="mt-1 text-ink-soft">
            {stories && stories.length > 0 ? tally(stories.length) : 'Illustrated, voiced, and yours to branch.'}
          </p>
        </div>
        <ForOperators>
          <Button variant="primary" icon={Plus} onClick={() => begin()} aria-keyshortcuts="n">
            New story
            <span className="max-sm:hidden" aria-hidden="true">
              <Kbd>N</Kbd>
            </span>
          </Button>
        </ForOperators>
      </div>

      {error && !stories && (
        <ErrorState
          title="The stories could not be loaded"
          error={error}
          onRetry={() => refetch()}
          retrying={isFetching}
        />
      )}
      {!stories && !error && <StoryGridSkeleton />}
      {stories?.length === 0 && (isOperator ? <NoStoriesYet onBegin={begin} /> : <NothingToSeeYet />)}
      {stories && stories.length > 0 && (
        <div className="space-y-6">
          <StoryToolbar view={view} onChange={setView} />
          <p role="status" className="sr-only">
            {view.search && `${found.length} of ${tally(stories.length)} found`}
          </p>
          {found.length > 0 ? (
            <StoryGrid stories={found} active={active} />
          ) : (
            <EmptyState
              icon={SearchX}
              title="No story matches"
              actions={<Button onClick={() => setView({ ...view, search: '' })}>Show all stories</Button>}
            >
              <p>No story has all of these words in its name or prompt.</p>
            </EmptyState>
          )}
        </div>
      )}

      {creation.turn > 0 && (
        <NewStoryDialog
          key={creation.turn}
          open={creation.open}
          initialPrompt={creation.prompt}
          onOpenChange={(open) => setCreation((before) => ({ ...before, open }))}
        />
      )}
    </PageBody>
  );
}

function tally(stories: number): string {
  return stories === 1 ? '1 story' : `${stories} stories`;
}

/** The page before there is a first story. */
function NoStoriesYet({ onBegin }: { onBegin(prompt: string): void }) {
  return (
    <section className="pt-2">
      <div className="mx-auto mb-10 max-w-xl text-center">
        <div className="mx-auto mb-5 w-56 sm:w-72">
          <SeedlingArt seed="story tree" bare />
        </div>
        <h2 className="text-2xl">Every story begins with a sentence</h2>
        <p className="mt-2 text-ink-soft">
          Write one of your own, or start from one of these, and watch it become a script, pictures, voices and a
          player.
        </p>
      </div>
      <ExampleInvitation onChoose={onBegin} />
    </section>
  );
}

/** The same for somebody who may not make one. */
function NothingToSeeYet() {
  return (
    <EmptyState icon={BookOpen} title="There are no stories yet">
      <p>They appear here by themselves once somebody makes one.</p>
    </EmptyState>
  );
}
