/** How far a new story is taken at once. Each one includes those before it. */
export const REACHES = ['idea', 'constitution', 'script', 'everything'] as const;
export type Reach = (typeof REACHES)[number];

/** What will be made, in order. */
export const MAKES: Readonly<Record<Reach, readonly string[]>> = {
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

/** The last workflow task of each; null for all there are. */
export const LAST_TASKS: Readonly<Record<Exclude<Reach, 'idea'>, string | null>> = {
  constitution: 'CREATE_CONSTITUTION',
  script: 'CREATE_INTERACTIVE_SCRIPT',
  everything: null,
};
