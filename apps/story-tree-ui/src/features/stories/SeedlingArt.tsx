'use client';

import { useMemo } from 'react';
import { cx } from '../../components/index.ts';
import { growSeedling } from './seedling.ts';

const GROUNDS = ['bg-accent-wash text-accent', 'bg-warn-wash text-warn', 'bg-busy-wash text-busy'] as const;

/** A tree drawn out of a text; `bare` leaves out its ground. */
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
