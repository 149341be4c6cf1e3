'use client';

import { useState } from 'react';
import { pictureSources } from '../kit/index.ts';
import { SeedlingArt } from './SeedlingArt.tsx';

/** The picture that stands for a story; a drawing of its own until there is one, or when it cannot be loaded. */
export function KeyArt({ storyId, src }: { storyId: string; src: string | null }) {
  const [broken, setBroken] = useState<string | null>(null);
  if (src === null || src === broken) return <SeedlingArt seed={storyId} />;
  return (
    // biome-ignore lint/performance/noImgElement: a picture may be made anew at any time, which Next's cache would not notice
    <img
      {...pictureSources(src)}
      sizes="(min-width: 64rem) 23rem, (min-width: 40rem) 50vw, 100vw"
      alt=""
      loading="lazy"
      decoding="async"
      onError={() => setBroken(src)}
      className="size-full bg-sunken object-cover"
    />
  );
}
