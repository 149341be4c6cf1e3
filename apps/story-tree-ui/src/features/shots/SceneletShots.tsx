'use client';

import type { Scenelet } from '@story-tree/domain';
import type { StoryShot } from '../kit/index.ts';
import { SceneletLink } from '../kit/index.ts';
import { ShotCard } from './ShotCard.tsx';

/** The shots of one scenelet under what happens in it. */
export function SceneletShots({
  scenelet: { label, content },
  shots,
  speakers,
}: {
  scenelet: Scenelet;
  shots: readonly StoryShot[];
  speakers: ReadonlyMap<string, string>;
}) {
  return (
    <section aria-label={label}>
      <div className="mb-4 max-w-3xl">
        <h2 className="font-sans">
          <SceneletLink label={label} />
        </h2>
        <p dir="auto" className="mt-1 line-clamp-2 font-display text-[1.0625rem]">
          {content.description}
        </p>
      </div>
      <div className="grid gap-6 md:grid-cols-2 xl:grid-cols-3">
        {shots.map((shot) => (
          <ShotCard key={shot.id} shot={shot} label={label} speakers={speakers} />
        ))}
      </div>
    </section>
  );
}
