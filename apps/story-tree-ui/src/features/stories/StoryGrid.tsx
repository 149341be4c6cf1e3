'use client';

import { Card, Skeleton } from '../../components/index.ts';
import type { StoryCard, TaskSummary } from '../../wire/index.ts';
import { StoryCardView } from './StoryCardView.tsx';

const GRID = 'grid gap-6 sm:grid-cols-2 lg:grid-cols-3';

export function StoryGrid({ stories, active }: { stories: readonly StoryCard[]; active: readonly TaskSummary[] }) {
  return (
    <ul aria-label="Stories" className={GRID}>
      {stories.map((card) => (
        <li key={card.id} className="min-w-0">
          <StoryCardView card={card} task={active.find(({ storyId }) => storyId === card.id)} />
        </li>
      ))}
    </ul>
  );
}

/** A placeholder for the list while it loads. */
export function StoryGridSkeleton() {
  return (
    <div className={GRID} role="status" aria-label="Loading stories">
      {['one', 'two', 'three'].map((name) => (
        <Card key={name} className="overflow-hidden">
          <Skeleton className="aspect-video rounded-none" />
          <div className="space-y-3 p-5">
            <Skeleton className="h-5 w-3/4" />
            <Skeleton className="h-4" />
            <Skeleton className="h-4 w-1/2" />
          </div>
        </Card>
      ))}
    </div>
  );
}
