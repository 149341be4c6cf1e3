import type { Log } from '@story-tree/domain';
import { z } from 'zod';
import { buildPlayerBundle } from '../../bundle/buildPlayerBundle.ts';
import { bundleIsCurrent } from '../../bundle/bundleIsCurrent.ts';
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
    .meta({ description: 'folder in which the bundle gets a folder of its own', namesPlace: true }),
  overwrite: z.boolean().optional().describe('replace the bundle that is there'),
  strict: z.boolean().optional().describe('a path that stops before an ending is an error'),
  resume: z.boolean().optional().describe('rebuild an own bundle only when the story has changed'),
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
  // Bundles lie outside the database; whether one is current is asked when it is planned.
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
    return [
      {
        key: 'player-bundle',
        title: 'Player bundle',
        model: null,
        done: resumes && (await bundleIsCurrent(input)),
        async run({ log, now, signal, warn, repositories }) {
          const replace = overwrite ? true : resumes ? 'own' : false;
          // A warning of the bundle is one of the unit: told once, to the log and to whoever watches.
          const told: Log = (level, message, fields) =>
            level === 'warn' ? warn(message) : log(level, message, fields);
          const whileHeld: WhileHeld = (work) => repositories.whileHeld(state.story.id, work);
          await buildPlayerBundle({ ...input, overwrite: replace, now, log: told, signal, whileHeld });
          return undefined;
        },
      },
    ];
  },
});
