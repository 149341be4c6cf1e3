import { type CharacterDesign, characterSheetPath, StoryTreeError } from '@story-tree/domain';
import { z } from 'zod';
import { knownIds } from '../../planning/knownIds.ts';
import { modeOptions, withModeRules } from '../../planning/options.ts';
import { removeReferenceImages } from '../../planning/removeFiles.ts';
import { storedVisualDesign } from '../../planning/storedDocuments.ts';
import { defineTask } from '../../planning/task.ts';
import { promptFile } from '../../prompting/promptFile.ts';
import { visualDesign } from '../visual-design/index.ts';
import { visualReference } from '../visual-reference/index.ts';

export const characterModelSheet = defineTask({
  task: 'CREATE_CHARACTER_MODEL_SHEET',
  name: 'characterModelSheet',
  title: 'Character sheets',
  makes: 'character sheets',
  kind: 'media',
  needs: [visualDesign],
  uses: [visualReference],
  definesIds: false,
  options: withModeRules(
    z.strictObject({
      ...modeOptions,
      targetCharacterId: z.string().min(1).optional().describe('only the sheet of this character'),
    }),
  ),
  hasOutput: ({ referenceImages }) => referenceImages.some((image) => image.kind === 'character'),
  clear: (state, context) => removeReferenceImages(state, 'character', context),
  plan({ state, options }) {
    const { story, referenceImages } = state;
    const design = storedVisualDesign(state);
    const drawn = new Set(referenceImages.filter(({ kind }) => kind === 'character').map(({ designId }) => designId));
    return targets(design.character_designs, options.targetCharacterId).map((character) => ({
      key: character.character_id,
      title: `Character sheet of ${character.character_name}`,
      model: 'image',
      done: drawn.has(character.character_id),
      async run({ models, repositories }) {
        const imagePath = characterSheetPath(story.id, character.character_id);
        const plates = story.visualReferencePackage?.character_model_sheets.find(
          (sheet) => sheet.character_id === character.character_id,
        )?.reference_plates;
        const prompt = {
          global_aesthetic: design.global_aesthetic,
          character_design: character,
          ...(plates ? { reference_plates: plates } : {}),
        };
        await models.image(
          { system: promptFile(import.meta.url), prompt: JSON.stringify(prompt), references: [], aspectRatio: '16:9' },
          imagePath,
        );
        await repositories.referenceImages.set(story.id, {
          kind: 'character',
          designId: character.character_id,
          imagePath,
        });
        return undefined;
      },
    }));
  },
});

function targets(designs: readonly CharacterDesign[], target: string | undefined): readonly CharacterDesign[] {
  if (target === undefined) return designs;
  const found = designs.filter((design) => design.character_id === target);
  if (found.length > 0) return found;
  const ids = designs.map((design) => design.character_id);
  const known = knownIds(ids, target, ['character', 'characters']);
  throw new StoryTreeError('not_found', `The visual design has no character "${target}". ${known}`);
}
