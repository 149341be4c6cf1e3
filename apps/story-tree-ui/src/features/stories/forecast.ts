import type { StoryMode } from '@story-tree/domain';

/** How far a new story is taken at once. Each one includes those before it. */
export const REACHES = ['idea', 'constitution', 'script', 'everything'] as const;
export type Reach = (typeof REACHES)[number];

export interface Forecast {
  /** What will be made, in order. */
  makes: readonly string[];
  time: string;
  cost: string;
}

const MAKES: Record<Reach, readonly string[]> = {
  idea: [],
  constitution: ['Constitution'],
  script: ['Constitution', 'Branching script'],
  everything: [
    'Constitution',
    'Branching script',
    'Look of characters and places',
    'Voices and music',
    'Shots, pictures and speech',
    'Playable page',
  ],
};

/** Typical for a story of medium length with the default models; pictures and speech are most of it. */
const REAL: Record<Reach, Pick<Forecast, 'time' | 'cost'>> = {
  idea: { time: 'a moment', cost: 'nothing' },
  constitution: { time: 'about half a minute', cost: 'about 2 cents' },
  script: { time: '2 to 5 minutes', cost: '$0.10 to $0.30' },
  everything: { time: '15 to 40 minutes', cost: '$3 to $8' },
};

const STUB: Record<Reach, string> = {
  idea: 'a moment',
  constitution: 'a moment',
  script: 'a few seconds',
  everything: 'less than a minute',
};

/** What making a story will take, roughly. */
export function forecast(reach: Reach, mode: StoryMode): Forecast {
  if (mode === 'stub') return { makes: MAKES[reach], time: STUB[reach], cost: 'nothing, this is demo mode' };
  return { makes: MAKES[reach], ...REAL[reach] };
}
