'use client';

import type { AudioDesign } from '@story-tree/domain';
import { useMemo } from 'react';
import type { Wire } from '../../wire/index.ts';
import { SceneletLink, type StoryShot, useGrowingList, useStoryPage } from '../kit/index.ts';
import { ShotLines, ShotSpeech } from './ShotLines.tsx';
import { speakerNames } from './voices.ts';

/** All lines of the story, shot by shot, to read and to hear. */
export function SpokenShots({ design }: { design: Wire<AudioDesign> }) {
  const { tree, shotsOf } = useStoryPage();
  const speakers = useMemo(() => speakerNames(design), [design]);
  const scenelets = useMemo(() => tree.inOrder().filter(({ id }) => shotsOf.has(id)), [tree, shotsOf]);
  const { shown, sentinel } = useGrowingList(scenelets);
  if (scenelets.length === 0) {
    return <p className="text-ink-soft text-sm">There are no shots yet, so nobody has anything to say.</p>;
  }
  return (
    <div className="space-y-6">
      {shown.map(({ id, label }) => (
        <section key={id} aria-label={label} className="grid gap-x-6 gap-y-2 md:grid-cols-[8rem_minmax(0,1fr)]">
          <p className="pt-3">
            <SceneletLink label={label} tab="shots" />
          </p>
          <ul className="divide-y divide-line rounded-card border border-line bg-sheet">
            {shotsOf.get(id)?.map((shot) => (
              <SpokenShot key={shot.id} shot={shot} label={label} speakers={speakers} />
            ))}
          </ul>
        </section>
      ))}
      {sentinel}
    </div>
  );
}

function SpokenShot({
  shot,
  label,
  speakers,
}: {
  shot: StoryShot;
  label: string;
  speakers: ReadonlyMap<string, string>;
}) {
  return (
    <li className="grid gap-3 px-4 py-3.5 sm:grid-cols-[minmax(0,1fr)_15rem] sm:items-center">
      <ShotLines shot={shot} speakers={speakers} />
      <ShotSpeech shot={shot} label={label} />
    </li>
  );
}
