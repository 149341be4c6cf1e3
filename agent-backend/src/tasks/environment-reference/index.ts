import { type EnvironmentDesign, environmentImagePath, StoryTreeError } from '@story-tree/domain';
import { z } from 'zod';
import { knownIds } from '../../planning/knownIds.ts';
import { modeOptions, withModeRules } from '../../planning/options.ts';
import { removeReferenceImages } from '../../planning/removeFiles.ts';
import { storedVisualDesign } from '../../planning/storedDocuments.ts';
import { defineTask } from '../../planning/task.ts';
import { promptFile } from '../../prompting/promptFile.ts';
import { visualDesign } from '../visual-design/index.ts';
import { visualReference } from '../visual-reference/index.ts';

const options = z
  .strictObject({
    ...modeOptions,
    targetEnvironmentId: z.string().min(1).optional().describe('only the image of this environment'),
  })
  .refine(({ resume, targetEnvironmentId }) => !(resume && targetEnvironmentId !== undefined), {
    message: '"resume" makes all missing images; for the one of "targetEnvironmentId" leave it out, or use "override".',
  });

export const environmentReference = defineTask({
  task: 'CREATE_ENVIRONMENT_REFERENCE_IMAGE',
  name: 'environmentReference',
  title: 'Environment images',
  makes: 'environment images',
  kind: 'media',
  needs: [visualDesign],
  uses: [visualReference],
  definesIds: false,
  options: withModeRules(options),
  hasOutput: ({ referenceImages }) => referenceImages.some((image) => image.kind === 'environment'),
  clear: (state, context) => removeReferenceImages(state, 'environment', context),
  plan({ state, options: { targetEnvironmentId } }) {
    const { story, referenceImages } = state;
    const design = storedVisualDesign(state);
    const drawn = new Set(referenceImages.filter(({ kind }) => kind === 'environment').map(({ designId }) => designId));
    return targets(design.environment_designs, targetEnvironmentId).map((environment) => ({
      key: environment.environment_id,
      title: `Environment image of ${environment.environment_name}`,
      model: 'image',
      done: drawn.has(environment.environment_id),
      async run({ models, repositories }) {
        const imagePath = environmentImagePath(story.id, environment.environment_id);
        const keyframes = story.visualReferencePackage?.environment_keyframes.find(
          (entry) => entry.environment_id === environment.environment_id,
        )?.keyframes;
        const prompt = {
          global_aesthetic: design.global_aesthetic,
          environment_design: environment,
          ...(keyframes ? { keyframes } : {}),
        };
        await models.image(
          { system: promptFile(import.meta.url), prompt: JSON.stringify(prompt), references: [], aspectRatio: '16:9' },
          imagePath,
        );
        await repositories.referenceImages.set(story.id, {
          kind: 'environment',
          designId: environment.environment_id,
          imagePath,
        });
        return undefined;
      },
    }));
  },
});

function targets(designs: readonly EnvironmentDesign[], target: string | undefined): readonly EnvironmentDesign[] {
  if (target === undefined) return designs;
  const found = designs.filter((design) => design.environment_id === target);
  if (found.length > 0) return found;
  const ids = designs.map((design) => design.environment_id);
  const known = knownIds(ids, target, ['environment', 'environments']);
  throw new StoryTreeError('not_found', `The visual design has no environment "${target}". ${known}`);
}
