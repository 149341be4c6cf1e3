import { visualDesignReplySchema } from '@story-tree/domain';
import { z } from 'zod';
import { cascadeOption, modeOptions, withModeRules } from '../../planning/options.ts';
import { defineTask } from '../../planning/task.ts';
import { promptFile } from '../../prompting/promptFile.ts';
import { storyContext } from '../../prompting/userContent.ts';
import { constitution } from '../constitution/index.ts';
import { interactiveScript } from '../interactive-script/index.ts';
import { validateVisualDesign, withIds } from './validation.ts';

export const visualDesign = defineTask({
  task: 'CREATE_VISUAL_DESIGN',
  name: 'visualDesign',
  title: 'Visual design',
  makes: 'a visual design document',
  kind: 'document',
  needs: [constitution, interactiveScript],
  definesIds: true,
  options: withModeRules(z.strictObject({ ...modeOptions, ...cascadeOption })),
  hasOutput: ({ story }) => story.visualDesignDocument !== null,
  clear: ({ story }, { repositories }) => repositories.stories.saveVisualDesign(story.id, null),
  plan: ({ state }) => [
    {
      key: 'visual-design',
      title: 'Visual design',
      model: 'text',
      done: state.story.visualDesignDocument !== null,
      async run({ models, repositories }) {
        const reply = await models.document({
          system: promptFile(import.meta.url),
          user: storyContext(state, []),
          schema: visualDesignReplySchema,
          validate: (document) => validateVisualDesign(document, state.scenelets),
        });
        await repositories.stories.saveVisualDesign(state.story.id, withIds(reply));
        return undefined;
      },
    },
  ],
});
