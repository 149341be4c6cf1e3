'use client';

import type { StoryShot } from '../kit/index.ts';

/** What is said in a shot, line by line with who says it. */
export function ShotLines({ shot, speakers }: { shot: StoryShot; speakers: ReadonlyMap<string, string> }) {
  const lines = shot.storyboard.audio_and_narrative;
  if (lines.length === 0) return <p className="text-ink-faint text-sm">Nothing is said in this shot.</p>;
  return (
    <dl className="space-y-1.5">
      {lines.map(({ source, line }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines of a shot keep their places
        <div key={index}>
          <dt dir="auto" className="text-ink-faint text-xs">
            {speakers.get(source) ?? source}
          </dt>
          <dd dir="auto" className="font-display text-[0.98rem] leading-snug">
            {line}
          </dd>
        </div>
      ))}
    </dl>
  );
}
