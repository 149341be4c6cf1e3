'use client';

import { ExampleInvitation } from './ExampleInvitation.tsx';
import { SeedlingArt } from './SeedlingArt.tsx';

/** The list before there is a first story. */
export function NoStoriesYet({ onBegin }: { onBegin(prompt: string): void }) {
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
