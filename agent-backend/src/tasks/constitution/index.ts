import type { Story } from '@story-tree/domain';
import { z } from 'zod';
import type { ModelCaller } from '../../models/caller.ts';
import { modeOptions, withModeRules } from '../../planning/options.ts';
import { defineTask } from '../../planning/task.ts';
import { promptFile } from '../../prompting/promptFile.ts';
import { type ConstitutionReply, constitutionReplySchema } from './schema.ts';

const MAX_GUIDANCE_LENGTH = 10_000;

const options = z.strictObject({
  ...modeOptions,
  guidance: z
    .string()
    .trim()
    .min(1)
    .max(MAX_GUIDANCE_LENGTH)
    .optional()
    .describe('what the constitution should do differently than the prompt alone would suggest'),
});

export const constitution = defineTask({
  task: 'CREATE_CONSTITUTION',
  name: 'constitution',
  title: 'Constitution',
  makes: 'a constitution',
  kind: 'document',
  needs: [],
  definesIds: false,
  options: withModeRules(options),
  hasOutput: ({ story }) => story.storyConstitution !== null,
  plan: ({ state: { story }, options: { guidance } }) => [
    {
      key: 'constitution',
      title: 'Constitution',
      model: 'text',
      done: story.storyConstitution !== null,
      async run({ models, repositories }) {
        const reply = await generateStoryConstitution(models, { ...story, guidance });
        const markdown = reply.story_constitution_markdown;
        const targetSceneletsPerPath = story.creationOptions.targetScenelets ?? reply.target_scenelets_per_path;
        // A run that was interrupted after this and then resumed must not store the same text as a version twice.
        const isStored =
          markdown === story.storyConstitution && targetSceneletsPerPath === story.targetSceneletsPerPath;
        if (isStored) return undefined;
        await repositories.stories.saveConstitution(story.id, {
          markdown,
          targetSceneletsPerPath,
          proposedTitle: reply.proposed_story_title,
        });
        return undefined;
      },
    },
  ],
});

/** What a constitution is made from. */
type Commission = Pick<Story, 'initialPrompt' | 'creationOptions'> & { guidance?: string | undefined };

/**
 * Asks for a story's constitution; the person's choices of language, audience and length are part of the request.
 * @throws StoryTreeError `model_reply_invalid` after the last try, or whatever the call throws
 */
export function generateStoryConstitution(models: ModelCaller, commission: Commission): Promise<ConstitutionReply> {
  return models.document({
    system: promptFile(import.meta.url),
    user: constitutionRequest(commission),
    schema: constitutionReplySchema,
  });
}

function constitutionRequest({ initialPrompt, creationOptions, guidance }: Commission): string {
  const { language, audience, targetScenelets } = creationOptions;
  const wishes = [
    language && `Language: ${language}`,
    audience && `Audience: ${audience}`,
    targetScenelets && `Scenelets per path: ${targetScenelets}`,
  ].filter(Boolean);
  return [
    `Prompt:\n${initialPrompt.trim()}`,
    ...(wishes.length > 0 ? [wishes.join('\n')] : []),
    ...(guidance ? [`Guidance:\n${guidance}`] : []),
  ].join('\n\n');
}
