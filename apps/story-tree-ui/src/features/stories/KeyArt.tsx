'use client';

import { useMemo, useState } from 'react';
import { cx } from '../../components/index.ts';
import { pictureSources, useFreshAddress } from '../kit/index.ts';
import { growSeedling } from './seedling.ts';

/** The picture that stands for a story; a drawing of its own until there is one, or when it cannot be loaded. */
export function KeyArt({ storyId, address }: { storyId: string; address: string | null }) {
  const src = useFreshAddress()(address);
  const [broken, setBroken] = useState<string | null>(null);
  if (src === null || src === broken) return <SeedlingArt seed={storyId} />;
  return (
    // biome-ignore lint/performance/noImgElement: a picture may be regenerated at any time, which Next's cache would not notice
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

const GROUNDS = ['bg-accent-wash text-accent', 'bg-warn-wash text-warn', 'bg-busy-wash text-busy'] as const;

/** A tree drawn from a text; `bare` leaves out its background. */
export function SeedlingArt({ seed, bare = false }: { seed: string; bare?: boolean }) {
  const { strokes, leaves, hue } = useMemo(() => growSeedling(seed), [seed]);
  return (
    <svg
      viewBox="0 0 160 90"
      preserveAspectRatio="xMidYMax slice"
      aria-hidden="true"
      className={cx('size-full', bare ? 'text-accent' : GROUNDS[hue])}
      fill="none"
      stroke="currentColor"
      strokeLinecap="round"
    >
      <g opacity="0.55">
        {strokes.map(({ path, width }) => (
          <path key={path} d={path} strokeWidth={width} />
        ))}
      </g>
      <g fill="currentColor" stroke="none" opacity="0.75">
        {leaves.map(({ x, y, radius }) => (
          <circle key={`${x} ${y}`} cx={x} cy={y} r={radius} />
        ))}
      </g>
    </svg>
  );
}
