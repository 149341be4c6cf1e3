import type { Issue, OperationPayload } from '@story-tree/domain';
import { limitOf } from '../kit/index.ts';

/** What a person has filled in. */
export interface NewStory {
  prompt: string;
  displayName: string;
  language: string;
  audience: string;
  /** Scenelets from the beginning to an ending, as text; empty leaves it to the model. */
  length: string;
  /** The most that it may cost, as it was written. */
  limit: string;
  reach: Reach;
}

export const EMPTY_STORY: Omit<NewStory, 'reach'> = {
  prompt: '',
  displayName: '',
  language: '',
  audience: '',
  length: '',
  limit: '',
};

export const LENGTHS = [
  { value: '', label: 'As the story needs' },
  { value: '4', label: 'Short: about 4 scenelets to an ending' },
  { value: '8', label: 'Medium: about 8' },
  { value: '12', label: 'Long: about 12' },
  { value: '20', label: 'Very long: about 20' },
] as const;

/** The payload of `CREATE_STORY`. Empty fields are left out. */
export function creationPayload(story: NewStory): OperationPayload<'CREATE_STORY'> {
  const limit = story.reach === 'idea' ? {} : limitOf(story.limit);
  return {
    prompt: story.prompt,
    ...text('displayName', story.displayName),
    ...text('language', story.language),
    ...text('audience', story.audience),
    ...(story.length === '' ? {} : { targetScenelets: Number(story.length) }),
    ...('maxCost' in limit ? limit : {}),
    ...(story.reach === 'constitution' ? { autoGenerate: true } : {}),
    ...(story.reach === 'script' ? { autoGenerate: true, includeInteractiveScript: true } : {}),
    ...(story.reach === 'everything' ? { runAll: true } : {}),
  };
}

function text<Name extends string>(name: Name, value: string): Partial<Record<Name, string>> {
  return value.trim() === '' ? {} : ({ [name]: value } as Record<Name, string>);
}

/** The first issue about a field of the payload, wherever in the body its path begins. */
export function complaintAbout(issues: readonly Issue[], field: string): string | undefined {
  return issues.find(({ path }) => path === field || path.endsWith(`.${field}`))?.message;
}

/** How far a new story is made at once. Each one includes those before it. */
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

/** The last workflow task of each; null for all of them. */
export const LAST_TASKS: Readonly<Record<Exclude<Reach, 'idea'>, string | null>> = {
  constitution: 'CREATE_CONSTITUTION',
  script: 'CREATE_INTERACTIVE_SCRIPT',
  everything: null,
};
