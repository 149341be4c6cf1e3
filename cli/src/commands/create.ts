import { createStory } from '@story-tree/agent-backend';
import {
  type CreationOptions,
  checkAgainst,
  creationOptionsSchema,
  type StoryMode,
  StoryTreeError,
} from '@story-tree/domain';
import { createModels, defaultMode, modeNote } from '@story-tree/runtime';
import type { CommandOutcome, CommandResult } from '../output.ts';
import type { Session } from '../session.ts';

export interface NewStoryFlags {
  prompt?: string | undefined;
  title?: string | undefined;
  language?: string | undefined;
  audience?: string | undefined;
  scenelets?: number | undefined;
  mode?: StoryMode | undefined;
}

export async function create(session: Session, flags: NewStoryFlags, result: CommandResult): Promise<CommandOutcome> {
  const { prompt = '' } = flags;
  session.reporter.note(modeNote(flags.mode ?? defaultMode(session.environment)));
  result.storyId = await newStory(session, { ...flags, prompt });
  return { result, lines: [result.storyId] };
}

/** Makes the story's row; returns its id. A mode that cannot be used is found before that. */
export async function newStory(session: Session, flags: NewStoryFlags & { prompt: string }): Promise<string> {
  const mode = flags.mode ?? defaultMode(session.environment);
  if (flags.prompt.trim() === '') {
    throw new StoryTreeError('usage', 'The prompt is empty: say in a sentence or two what the story is about.');
  }
  createModels(mode, session.environment);
  const story = await createStory(session.repositories, {
    prompt: flags.prompt,
    mode,
    displayName: flags.title,
    creationOptions: creationOptions(flags),
  });
  return story.id;
}

function creationOptions({ language, audience, scenelets }: NewStoryFlags): CreationOptions {
  const checked = checkAgainst(creationOptionsSchema, { language, audience, targetScenelets: scenelets });
  if (checked.success) return checked.data;
  const [{ path, message }] = checked.issues;
  throw new StoryTreeError('usage', `--${path === 'targetScenelets' ? 'scenelets' : path}: ${message}`);
}
