import {
  keyFramePath,
  type ReferenceImageKind,
  type StoryboardEntry,
  type StoryState,
  type VisualDesign,
} from '@story-tree/domain';
import { z } from 'zod';
import { modeOptions, shotTargetOptions, withModeRules, withShotTargetRules } from '../../planning/options.ts';
import { removeShotFiles } from '../../planning/removeFiles.ts';
import { shotKey, shotName, targetedShots } from '../../planning/shotTargets.ts';
import { storedVisualDesign } from '../../planning/storedDocuments.ts';
import { defineTask } from '../../planning/task.ts';
import { promptFile } from '../../prompting/promptFile.ts';
import { characterModelSheet } from '../character-model-sheet/index.ts';
import { environmentReference } from '../environment-reference/index.ts';
import { shotProduction } from '../shot-production/index.ts';
import { visualDesign } from '../visual-design/index.ts';
import { loadReferences, referencesOf } from './references.ts';

const options = z.strictObject({ ...modeOptions, ...shotTargetOptions });

const REFERENCE_TASKS = { character: characterModelSheet, environment: environmentReference };
const REFERENCE_KINDS = ['character', 'environment'] as const;

export const shotImages = defineTask({
  task: 'CREATE_SHOT_IMAGES',
  name: 'shotImages',
  title: 'Key frames',
  makes: 'key frames',
  kind: 'media',
  needs: [visualDesign, shotProduction],
  uses: [characterModelSheet, environmentReference],
  follows: [shotProduction, characterModelSheet, environmentReference],
  alsoNeeds: (state, targets) => {
    const missing = missingReferenceKinds(state, targets);
    return REFERENCE_KINDS.filter((kind) => missing.has(kind)).map((kind) => REFERENCE_TASKS[kind]);
  },
  definesIds: false,
  options: withModeRules(withShotTargetRules(options)),
  hasOutput: ({ shots }) => shots.some((shot) => shot.keyFrameImagePath !== null),
  clear: (state, context) => removeShotFiles(state, 'keyFrameImagePath', context),
  plan({ state, options: targets, settings }) {
    const design = storedVisualDesign(state);
    return targetedShots(state, targets).map((target) => ({
      key: shotKey(target),
      title: `Key frame of ${shotName(target)}`,
      model: 'image',
      done: target.shot.keyFrameImagePath !== null,
      after: referencesOf(target.shot).map(({ kind, designId }) => ({
        task: REFERENCE_TASKS[kind].task,
        unit: designId,
      })),
      async run({ models, repositories, assets }) {
        const { shot, scenelet } = target;
        const path = keyFramePath(state.story.id, scenelet.label, shot.shotIndex);
        // Read only now: when tasks overlap, they did not exist yet when this was planned.
        const images = await repositories.referenceImages.list(state.story.id);
        const references = await loadReferences(shot, images, design, assets, settings.maxReferenceImages);
        await models.image(
          {
            system: promptFile(import.meta.url, 'visual_renderer.md'),
            prompt: JSON.stringify(assembleKeyFramePrompt(shot.storyboard, design)),
            references,
            aspectRatio: '16:9',
          },
          path,
        );
        await repositories.shots.setKeyFrame(state.story.id, shot.id, path);
        return undefined;
      },
    }));
  },
});

/** The kinds of reference image of which the targeted shots refer to some that do not exist. */
function missingReferenceKinds(state: StoryState, targets: z.infer<typeof options>): Set<ReferenceImageKind> {
  const existing = new Set(state.referenceImages.map(({ kind, designId }) => `${kind}/${designId}`));
  const referred = targetedShots(state, targets).flatMap(({ shot }) => referencesOf(shot));
  return new Set(referred.filter(({ kind, designId }) => !existing.has(`${kind}/${designId}`)).map(({ kind }) => kind));
}

/** What a key frame is drawn from: the overall look, the designs in the shot, and the storyboard without its lines. */
interface KeyFramePrompt extends Omit<StoryboardEntry, 'audio_and_narrative'> {
  global_aesthetic: VisualDesign['global_aesthetic'];
  character_designs: VisualDesign['character_designs'];
  environment_designs: VisualDesign['environment_designs'];
}

function assembleKeyFramePrompt(storyboard: StoryboardEntry, design: VisualDesign): KeyFramePrompt {
  const { audio_and_narrative: _lines, ...picture } = storyboard;
  const { characters, environments } = storyboard.referenced_designs;
  return {
    global_aesthetic: design.global_aesthetic,
    character_designs: design.character_designs.filter(({ character_id }) => characters.includes(character_id)),
    environment_designs: design.environment_designs.filter(({ environment_id }) =>
      environments.includes(environment_id),
    ),
    ...picture,
  };
}
