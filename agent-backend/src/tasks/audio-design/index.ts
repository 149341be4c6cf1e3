import { audioDesignReplySchema } from '@story-tree/domain';
import { z } from 'zod';
import { cascadeOption, modeOptions, withModeRules } from '../../planning/options.ts';
import { storedVisualDesign } from '../../planning/storedDocuments.ts';
import { defineTask } from '../../planning/task.ts';
import { promptFile } from '../../prompting/promptFile.ts';
import { storyContext } from '../../prompting/userContent.ts';
import { constitution } from '../constitution/index.ts';
import { interactiveScript } from '../interactive-script/index.ts';
import { visualDesign } from '../visual-design/index.ts';
import { validateAudioDesign, withCharacterIds } from './validation.ts';

export const audioDesign = defineTask({
  task: 'CREATE_AUDIO_DESIGN',
  name: 'audioDesign',
  title: 'Audio design',
  makes: 'an audio design document',
  kind: 'document',
  needs: [constitution, interactiveScript, visualDesign],
  definesIds: true,
  options: withModeRules(z.strictObject({ ...modeOptions, ...cascadeOption })),
  hasOutput: ({ story }) => story.audioDesignDocument !== null,
  clear: ({ story }, { repositories }) => repositories.stories.saveAudioDesign(story.id, null),
  plan: ({ state }) => [
    {
      key: 'audio-design',
      title: 'Audio design',
      model: 'text',
      done: state.story.audioDesignDocument !== null,
      async run({ models, repositories }) {
        const design = storedVisualDesign(state);
        const reply = await models.document({
          system: promptFile(import.meta.url),
          user: storyContext(state, ['visualDesignDocument']),
          schema: audioDesignReplySchema,
          validate: (document) => validateAudioDesign(document, design, state.scenelets),
        });
        await repositories.stories.saveAudioDesign(state.story.id, withCharacterIds(reply, design));
        return undefined;
      },
    },
  ],
});
