import {
  type AssetStore,
  type ReferenceImageKind,
  type ReferenceImageRecord,
  type Shot,
  StoryTreeError,
  type VisualDesign,
} from '@story-tree/domain';
import type { ReferenceImage } from '../../models/ports.ts';

interface Reference {
  kind: ReferenceImageKind;
  designId: string;
}

/** The designs shown in a shot: its characters first, then its environments, each once. */
export function referencesOf({ storyboard }: Shot): Reference[] {
  const { characters, environments } = storyboard.referenced_designs;
  return [
    ...[...new Set(characters)].map((designId): Reference => ({ kind: 'character', designId })),
    ...[...new Set(environments)].map((designId): Reference => ({ kind: 'environment', designId })),
  ];
}

/**
 * Reads the reference images of a shot, up to as many as the image model accepts.
 * @throws StoryTreeError `prerequisite_missing` naming a design without an image, or whose image is gone
 */
export async function loadReferences(
  shot: Shot,
  images: readonly ReferenceImageRecord[],
  design: VisualDesign,
  assets: AssetStore,
  limit: number,
): Promise<ReferenceImage[]> {
  const paths = new Map(images.map(({ kind, designId, imagePath }) => [`${kind}/${designId}`, imagePath]));
  return Promise.all(
    referencesOf(shot)
      .slice(0, limit)
      .map(async (reference) => {
        const caption = captionOf(reference, design);
        const path = paths.get(`${reference.kind}/${reference.designId}`);
        if (path === undefined) throw missingImage(caption);
        if (!(await assets.exists(path))) throw lostImage(reference, caption, path);
        return { caption, mimeType: 'image/png', bytes: await assets.read(path) };
      }),
  );
}

function captionOf({ kind, designId }: Reference, design: VisualDesign): string {
  const name =
    kind === 'character'
      ? design.character_designs.find(({ character_id }) => character_id === designId)?.character_name
      : design.environment_designs.find(({ environment_id }) => environment_id === designId)?.environment_name;
  return `${kind === 'character' ? 'Character model sheet' : 'Environment reference'} of ${name ?? designId} (${designId})`;
}

function missingImage(caption: string): StoryTreeError {
  return new StoryTreeError(
    'prerequisite_missing',
    `There is no ${caption}, which the shot refers to. ` +
      'Run CREATE_SHOT_PRODUCTION with "override" and "cascade" to regenerate the shots.',
  );
}

/** Its row is there, so only an override makes it again. */
function lostImage({ kind, designId }: Reference, caption: string, path: string): StoryTreeError {
  const [task, option] =
    kind === 'character'
      ? ['CREATE_CHARACTER_MODEL_SHEET', 'targetCharacterId']
      : ['CREATE_ENVIRONMENT_REFERENCE_IMAGE', 'targetEnvironmentId'];
  return new StoryTreeError(
    'prerequisite_missing',
    `The file of the ${caption}, ${path}, is missing. ` +
      `Put it back, or run ${task} with "${option}" ${designId} and "override".`,
  );
}
