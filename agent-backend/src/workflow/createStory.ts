import {
  type CreationOptions,
  type Story,
  type StoryMode,
  type StoryRepositories,
  StoryTreeError,
} from '@story-tree/domain';

export interface NewStoryRequest {
  prompt: string;
  mode: StoryMode;
  /** The story's name when a person gives one. */
  displayName?: string | undefined;
  creationOptions?: CreationOptions;
}

/** How long a name made from the prompt may be until the constitution brings a title. */
const PROVISIONAL_NAME_LENGTH = 60;

/**
 * Stores a new story; nothing is generated yet.
 * @throws StoryTreeError `invalid_input` for an empty prompt
 */
export async function createStory(repositories: StoryRepositories, request: NewStoryRequest): Promise<Story> {
  const initialPrompt = request.prompt.trim();
  if (initialPrompt === '') {
    throw new StoryTreeError('invalid_input', 'The prompt is empty. Say in a sentence or two what the story is about.');
  }
  const name = request.displayName?.trim();
  return repositories.stories.create({
    displayName: name || provisionalName(initialPrompt),
    namedByPerson: Boolean(name),
    initialPrompt,
    creationOptions: request.creationOptions ?? {},
    mode: request.mode,
  });
}

function provisionalName(prompt: string): string {
  const line = prompt.split(/\r?\n/, 1)[0] ?? prompt;
  const characters = [...line];
  return characters.length <= PROVISIONAL_NAME_LENGTH
    ? line
    : `${characters.slice(0, PROVISIONAL_NAME_LENGTH).join('')}…`;
}
