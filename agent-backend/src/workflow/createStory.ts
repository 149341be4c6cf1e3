import {
  type CreationOptions,
  checkAgainst,
  type NewStory,
  newStorySchema,
  type Story,
  type StoryMode,
  type StoryRepositories,
  StoryTreeError,
} from '@story-tree/domain';

export interface NewStoryRequest {
  prompt: string;
  mode: StoryMode;
  /** The story's name, if a person gives one. */
  displayName?: string | undefined;
  creationOptions?: CreationOptions;
}

/** Characters of the name taken from the prompt until the constitution brings a title. */
const PROVISIONAL_NAME_LENGTH = 60;

/**
 * The row of a new story, of which nothing has been generated yet.
 * @throws StoryTreeError `invalid_input` for a prompt or a name that nobody can read
 */
export function newStory({ prompt, mode, displayName, creationOptions }: NewStoryRequest): NewStory {
  const checked = checkAgainst(newStorySchema, { prompt, displayName, ...creationOptions });
  if (!checked.success) {
    const { issues } = checked;
    throw new StoryTreeError('invalid_input', `${issues[0].path}: ${issues[0].message}`, { issues });
  }
  const { data } = checked;
  return {
    displayName: data.displayName ?? provisionalName(data.prompt),
    namedByPerson: data.displayName !== undefined,
    initialPrompt: data.prompt,
    creationOptions: creationOptions ?? {},
    mode,
  };
}

/**
 * Stores a new story; nothing is generated yet.
 * @throws StoryTreeError `invalid_input` for a prompt or a name that nobody can read
 */
export async function createStory(repositories: StoryRepositories, request: NewStoryRequest): Promise<Story> {
  return repositories.stories.create(newStory(request));
}

function provisionalName(prompt: string): string {
  const line = prompt.split(/\r?\n/, 1)[0] ?? prompt;
  const characters = [...line];
  return characters.length <= PROVISIONAL_NAME_LENGTH
    ? line
    : `${characters.slice(0, PROVISIONAL_NAME_LENGTH).join('')}…`;
}
