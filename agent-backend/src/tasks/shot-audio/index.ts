import { speechPath } from '@story-tree/domain';
import { z } from 'zod';
import { modeOptions, shotTargetOptions, withModeRules, withShotTargetRules } from '../../planning/options.ts';
import { removeShotFiles } from '../../planning/removeFiles.ts';
import { shotKey, shotName, targetedShots } from '../../planning/shotTargets.ts';
import { storedAudioDesign } from '../../planning/storedDocuments.ts';
import { defineTask, type Unit } from '../../planning/task.ts';
import { audioDesign } from '../audio-design/index.ts';
import { shotProduction } from '../shot-production/index.ts';
import { speechRequest } from './speechRequest.ts';

export const shotAudio = defineTask({
  task: 'CREATE_SHOT_AUDIO',
  name: 'shotAudio',
  title: 'Speech',
  makes: 'speech',
  kind: 'media',
  needs: [audioDesign, shotProduction],
  follows: [shotProduction],
  orderedBy: 'speech',
  definesIds: false,
  options: withModeRules(withShotTargetRules(z.strictObject({ ...modeOptions, ...shotTargetOptions }))),
  hasOutput: ({ shots }) => shots.some((shot) => shot.audioFilePath !== null),
  clear: (state, context) => removeShotFiles(state, 'audioFilePath', context),
  plan({ state, options }) {
    const design = storedAudioDesign(state);
    // All requests are assembled here, so that a shot that cannot be spoken is found before the first paid call.
    return targetedShots(state, options)
      .filter(({ shot }) => shot.storyboard.audio_and_narrative.length > 0)
      .map((target): Unit => {
        const { shot, scenelet } = target;
        const request = speechRequest(shotName(target), shot.storyboard.audio_and_narrative, design);
        return {
          key: shotKey(target),
          title: `Speech of ${shotName(target)}`,
          model: 'speech',
          done: shot.audioFilePath !== null,
          async run({ models, repositories }) {
            const path = speechPath(state.story.id, scenelet.label, shot.shotIndex);
            await models.speech(request, path);
            await repositories.shots.setAudio(state.story.id, shot.id, path);
            return undefined;
          },
        };
      });
  },
});
