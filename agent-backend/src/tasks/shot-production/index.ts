import { buildSceneletTree, type Scenelet, type StoryState } from '@story-tree/domain';
import { z } from 'zod';
import { cascadeOption, modeOptions, withModeRules } from '../../planning/options.ts';
import { storedAudioDesign, storedVisualDesign } from '../../planning/storedDocuments.ts';
import { defineTask, type Unit } from '../../planning/task.ts';
import { promptFile } from '../../prompting/promptFile.ts';
import { storyContext, targetLine } from '../../prompting/userContent.ts';
import { audioDesign } from '../audio-design/index.ts';
import { constitution } from '../constitution/index.ts';
import { interactiveScript } from '../interactive-script/index.ts';
import { visualDesign } from '../visual-design/index.ts';
import { shotProductionReplySchema } from './schema.ts';
import { validateShots } from './validation.ts';

export const shotProduction = defineTask({
  task: 'CREATE_SHOT_PRODUCTION',
  name: 'shotProduction',
  title: 'Shots',
  makes: 'shots',
  kind: 'document',
  needs: [constitution, interactiveScript, visualDesign, audioDesign],
  definesIds: true,
  options: withModeRules(z.strictObject({ ...modeOptions, ...cascadeOption })),
  hasOutput: ({ shots }) => shots.length > 0,
  clear: ({ story }, { repositories }) => repositories.shots.deleteAll(story.id),
  plan({ state }) {
    storedAudioDesign(state);
    const order = buildSceneletTree(state.scenelets).inOrder();
    const sequences = new Map(order.map((scenelet, index) => [scenelet.id, index + 1]));
    const moved = state.shots.some((shot) => sequences.get(shot.sceneletId) !== shot.sceneletSequence);
    const produced = new Set(state.shots.map((shot) => shot.sceneletId));
    const context = lazy(() => storyContext(state, ['visualDesignDocument', 'audioDesignDocument']));
    const design = storedVisualDesign(state);
    return [
      ...(moved ? [renumbering(state, sequences)] : []),
      ...order.map(
        (scenelet, index): Unit => ({
          key: scenelet.label,
          title: `Shots of ${scenelet.label}`,
          model: 'text',
          done: produced.has(scenelet.id),
          dependsOn: moved ? [RENUMBERING] : [],
          async run({ models, repositories }) {
            const reply = await models.document({
              system: promptFile(import.meta.url),
              user: context() + targetLine(scenelet.label),
              sharedPrefix: context(),
              schema: shotProductionReplySchema,
              validate: (document) => validateShots(document, scenelet, design),
            });
            await repositories.shots.replaceForScenelet(
              state.story.id,
              scenelet.id,
              index + 1,
              reply.shots.map((shot) => ({ shotIndex: shot.shot_index, storyboard: shot.storyboard_entry })),
            );
            return undefined;
          },
        }),
      ),
    ];
  },
});

const RENUMBERING = 'renumbering';

/** The script has grown since these shots were made, so their scenelets now have other places in the story. */
function renumbering({ story }: StoryState, sequences: ReadonlyMap<Scenelet['id'], number>): Unit {
  return {
    key: RENUMBERING,
    title: 'Order of the shots',
    model: null,
    done: false,
    async run({ repositories }) {
      await repositories.shots.renumber(story.id, sequences);
      return undefined;
    },
  };
}

function lazy<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
