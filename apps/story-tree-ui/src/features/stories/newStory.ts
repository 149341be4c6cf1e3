import type { Issue, OperationPayload } from '@story-tree/domain';
import type { Reach } from './forecast.ts';

/** What a person has filled in. */
export interface NewStory {
  prompt: string;
  displayName: string;
  language: string;
  audience: string;
  /** Scenelets from the beginning to an ending, as text; empty leaves it to the model. */
  length: string;
  reach: Reach;
}

export const EMPTY_STORY: Omit<NewStory, 'reach'> = {
  prompt: '',
  displayName: '',
  language: '',
  audience: '',
  length: '',
};

export const LENGTHS = [
  { value: '', label: 'As the story needs' },
  { value: '4', label: 'Short: about 4 scenelets to an ending' },
  { value: '8', label: 'Medium: about 8' },
  { value: '12', label: 'Long: about 12' },
  { value: '20', label: 'Very long: about 20' },
] as const;

/** The payload of `CREATE_STORY`. What was left empty is left out. */
export function creationPayload(story: NewStory): OperationPayload<'CREATE_STORY'> {
  return {
    prompt: story.prompt,
    ...text('displayName', story.displayName),
    ...text('language', story.language),
    ...text('audience', story.audience),
    ...(story.length === '' ? {} : { targetScenelets: Number(story.length) }),
    ...(story.reach === 'constitution' ? { autoGenerate: true } : {}),
    ...(story.reach === 'script' ? { autoGenerate: true, includeInteractiveScript: true } : {}),
    ...(story.reach === 'everything' ? { runAll: true } : {}),
  };
}

function text<Name extends string>(name: Name, value: string): Partial<Record<Name, string>> {
  return value.trim() === '' ? {} : ({ [name]: value } as Record<Name, string>);
}

/** The first complaint about a field of the payload, wherever in the body its path begins. */
export function complaintAbout(issues: readonly Issue[], field: string): string | undefined {
  return issues.find(({ path }) => path === field || path.endsWith(`.${field}`))?.message;
}
