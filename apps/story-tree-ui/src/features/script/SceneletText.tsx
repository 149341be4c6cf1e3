'use client';

import type { Scenelet } from '@story-tree/domain';
import { SceneletLink } from '../kit/index.ts';

/** A scenelet as one reads it: what happens, and what is said. */
export function SceneletText({ scenelet: { label, content } }: { scenelet: Scenelet }) {
  return (
    <section aria-label={label} className="pb-9">
      <p className="mb-2">
        <SceneletLink label={label} />
      </p>
      <p dir="auto" className="whitespace-pre-line font-display text-lg leading-relaxed">
        {content.description}
      </p>
      {content.dialogue.length > 0 && (
        <dl className="mt-4 space-y-2.5 border-line border-s-2 ps-5">
          {content.dialogue.map(({ character, line }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines of a scenelet keep their places
            <div key={index}>
              <dt dir="auto" className="font-semibold text-ink-soft text-xs tracking-wide">
                {character}
              </dt>
              <dd dir="auto" className="font-display text-[1.0625rem] leading-relaxed">
                {line}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
