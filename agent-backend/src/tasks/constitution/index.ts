import type { Story } from '@story-tree/domain';
import { z } from 'zod';
import type { ModelCaller } from '../../models/caller.ts';
import { promptFile } from '../../prompting/promptFile.ts';
import { modeOptions, withModeRules } from '../../workflow/options.ts';
import { defineTask } from '../../workflow/task.ts';
import { type ConstitutionReply, constitutionReplySchema } from './schema.ts';

export const constitution = defineTask({
  task: 'CREATE_CONSTITUTION',
  name: 'constitution',
  title: 'Constitution',
  makes: 'a constitution',
  kind: 'document',
  needs: [],
  definesIds: false,
  options: withModeRules(z.strictObject(modeOptions)),
  hasOutput: ({ story }) => story.storyConstitution !== null,
  plan: ({ state: { story } }) => [
    {
      key: 'constitution',
      title: 'Constitution',
      model: 'text',
      done: story.storyConstitution !== null,
      async run({ models, repositories }) {
        const reply = await generateStoryConstitution(models, story);
        await repositories.stories.saveConstitution(story.id, {
          markdown: reply.story_constitution_markdown,
          targetSceneletsPerPath: story.creationOptions.targetScenelets ?? reply.target_scenelets_per_path,
          proposedTitle: reply.proposed_story_title,
        });
        return undefined;
      },
    },
  ],
});

/** Asks for a story's constitution; what a person chose about language, audience and length is part of the request. */
export function generateStoryConstitution(
  models: ModelCaller,
  story: Pick<Story, 'initialPrompt' | 'creationOptions'>,
): Promise<ConstitutionReply> {
  return models.document({
    system: promptFile(import.meta.url),
    user: constitutionRequest(story),
    schema: constitutionReplySchema,
  });
}

function constitutionRequest({
  initialPrompt,
  creationOptions,
}: Pick<Story, 'initialPrompt' | 'creationOptions'>): string {
  const { language, audience, targetScenelets } = creationOptions;
  const wishes = [
    language && `Language: ${language}`,
    audience && `Audience: ${audience}`,
    targetScenelets && `Scenelets per path: ${targetScenelets}`,
  ].filter(Boolean);
  return [`Prompt:\n${initialPrompt.trim()}`, ...(wishes.length > 0 ? [wishes.join('\n')] : [])].join('\n\n');
}
