import { visualReferenceSchema } from '@story-tree/domain';
import { z } from 'zod';
import { modeOptions, withModeRules } from '../../planning/options.ts';
import { storedVisualDesign } from '../../planning/storedDocuments.ts';
import { defineTask } from '../../planning/task.ts';
import { promptFile } from '../../prompting/promptFile.ts';
import { storyContext } from '../../prompting/userContent.ts';
import { constitution } from '../constitution/index.ts';
import { interactiveScript } from '../interactive-script/index.ts';
import { visualDesign } from '../visual-design/index.ts';
import { validateVisualReference } from './validation.ts';

export const visualReference = defineTask({
  task: 'CREATE_VISUAL_REFERENCE',
  name: 'visualReference',
  title: 'Visual reference',
  makes: 'a visual reference package',
  kind: 'document',
  needs: [constitution, interactiveScript, visualDesign],
  definesIds: false,
  options: withModeRules(z.strictObject(modeOptions)),
  hasOutput: ({ story }) => story.visualReferencePackage !== null,
  clear: ({ story }, { repositories }) => repositories.stories.saveVisualReference(story.id, null),
  plan: ({ state }) => [
    {
      key: 'visual-reference',
      title: 'Visual reference',
      model: 'text',
      done: state.story.visualReferencePackage !== null,
      async run({ models, repositories }) {
        const design = storedVisualDesign(state);
        const document = await models.document({
          system: promptFile(import.meta.url),
          user: storyContext(state, ['visualDesignDocument']),
          schema: visualReferenceSchema,
          validate: (reply) => validateVisualReference(reply, design),
        });
        await repositories.stories.saveVisualReference(state.story.id, document);
        return undefined;
      },
    },
  ],
});
