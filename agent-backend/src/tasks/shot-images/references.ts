import type { AssetStore, ReferenceImageKind, Shot, StoryState } from '@story-tree/domain';
import type { ReferenceImage } from '../../models/ports.ts';

interface Reference {
  kind: ReferenceImageKind;
  designId: string;
}

/** The designs that a shot shows: its characters first, then its environments, each once. */
export function referencesOf({ storyboard }: Shot): Reference[] {
  const { characters, environments } = storyboard.referenced_designs;
  return [
    ...[...new Set(characters)].map((designId): Reference => ({ kind: 'character', designId })),
    ...[...new Set(environments)].map((designId): Reference => ({ kind: 'environment', designId })),
  ];
}

/** Reads the reference images of a shot, as many as the image model takes. */
export async function loadReferences(
  shot: Shot,
  state: StoryState,
  assets: AssetStore,
  limit: number,
): Promise<ReferenceImage[]> {
  const { visualDesignDocument: design } = state.story;
  const images = referencesOf(shot).slice(0, limit);
  return Promise.all(
    images.map(async ({ kind, designId }) => {
      const record = state.referenceImages.find((image) => image.kind === kind && image.designId === designId);
      const name =
        kind === 'character'
          ? design?.character_designs.find(({ character_id }) => character_id === designId)?.character_name
          : design?.environment_designs.find(({ environment_id }) => environment_id === designId)?.environment_name;
      return {
        caption: `${kind === 'character' ? 'Character model sheet' : 'Environment reference'} of ${name ?? designId} (${designId})`,
        mimeType: 'image/png',
        bytes: await assets.read(record?.imagePath ?? ''),
      };
    }),
  );
}
