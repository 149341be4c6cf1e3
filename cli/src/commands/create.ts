import { createStory } from '@story-tree/agent-backend';
import { checkAgainst, newStorySchema, type StoryMode, StoryTreeError } from '@story-tree/domain';
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
  const { prompt, displayName, ...creationOptions } = checkedFlags(flags);
  createModels(mode, session.environment);
  const story = await createStory(session.repositories, { prompt, mode, displayName, creationOptions });
  return story.id;
}

/** What the fields of a new story are called on the command line, where that is something else. */
const FLAGS: Readonly<Record<string, string>> = { displayName: 'title', targetScenelets: 'scenelets' };

function checkedFlags({ prompt, title, language, audience, scenelets }: NewStoryFlags) {
  const given = { prompt, displayName: title, language, audience, targetScenelets: scenelets };
  const checked = checkAgainst(newStorySchema, given);
  if (checked.success) return checked.data;
  const [{ path, message }] = checked.issues;
  throw new StoryTreeError('usage', `--${FLAGS[path] ?? path}: ${message}`);
}
