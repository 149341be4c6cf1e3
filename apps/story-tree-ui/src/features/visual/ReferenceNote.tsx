'use client';

import { Card } from '../../components/index.ts';
import { TaskStatusNote, useStoryPage } from '../kit/index.ts';

/** Offers the visual reference as long as there is none: pictures can be made without it, but better with it. */
export function ReferenceNote() {
  const { detail } = useStoryPage();
  if (detail.story.visualReferencePackage !== null) return null;
  return (
    <Card className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 px-5 py-4">
      <p className="min-w-60 flex-1 text-ink-soft text-sm">
        A visual reference puts all of this into exact prompts, so that people and places look the same in every
        picture.
      </p>
      <TaskStatusNote task="CREATE_VISUAL_REFERENCE" />
    </Card>
  );
}
