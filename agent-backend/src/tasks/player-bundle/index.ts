import type { Log } from '@story-tree/domain';
import { z } from 'zod';
import { buildPlayerBundle } from '../../bundle/buildPlayerBundle.ts';
import { bundleStanding } from '../../bundle/bundleStanding.ts';
import type { WhileHeld } from '../../bundle/publish.ts';
import { defineTask } from '../../planning/task.ts';
import { characterModelSheet } from '../character-model-sheet/index.ts';
import { environmentReference } from '../environment-reference/index.ts';
import { shotAudio } from '../shot-audio/index.ts';
import { shotImages } from '../shot-images/index.ts';
import { shotProduction } from '../shot-production/index.ts';
import { visualReference } from '../visual-reference/index.ts';

const options = z.strictObject({
  outputPath: z
    .string()
    .min(1)
    .optional()
    .meta({ description: 'folder in which the bundle gets its own folder', namesPlace: true }),
  overwrite: z.boolean().optional().describe('replace an existing bundle'),
  strict: z.boolean().optional().describe('treat a path that stops before an ending as an error'),
  resume: z.boolean().optional().describe('rebuild the bundle only if the story has changed'),
});

export const playerBundle = defineTask({
  task: 'CREATE_PLAYER_BUNDLE',
  name: 'playerBundle',
  title: 'Player bundle',
  makes: 'a player bundle',
  kind: 'bundle',
  needs: [shotProduction],
  uses: [visualReference, characterModelSheet, environmentReference, shotImages, shotAudio],
  definesIds: false,
  options,
  // Bundles are outside the database; whether one is current is checked when it is planned.
  hasOutput: () => false,
  async plan({ state, options: { outputPath, overwrite, strict }, mode, settings, assets }) {
    const resumes = mode === 'resume';
    const input = {
      state,
      assets,
      strict,
      outputPath,
      outputRoot: settings.outputRoot,
      templatePath: settings.playerTemplate,
    };
    // Running all tasks adds "resume": whoever asks for a new bundle nevertheless gets one.
    const standing = resumes && !overwrite ? await bundleStanding(input) : 'missing';
    return [
      {
        key: 'player-bundle',
        title: 'Player bundle',
        model: null,
        done: standing === 'current',
        outdated: standing === 'outdated',
        async run({ log, now, signal, warn, repositories }) {
          const replace = overwrite ? true : resumes ? 'own' : false;
          // A warning from the bundle becomes one of the unit: reported once, in the log and as progress.
          const logOrWarn: Log = (level, message, fields) =>
            level === 'warn' ? warn(message) : log(level, message, fields);
          const whileHeld: WhileHeld = (work) => repositories.whileHeld(state.story.id, work);
          await buildPlayerBundle({ ...input, overwrite: replace, now, log: logOrWarn, signal, whileHeld });
          return undefined;
        },
      },
    ];
  },
});
