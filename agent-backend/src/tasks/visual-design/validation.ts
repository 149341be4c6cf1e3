import { type Issue, NARRATOR_ID, type Scenelet, type VisualDesign, type VisualDesignReply } from '@story-tree/domain';
import { normalizeNameToId, uniqueIds } from './utils.ts';

/** The most characters, and the most environments; every one costs a picture. */
const MAX_DESIGNS = 500;

/** Every speaking character must have a design, and designs may name only existing scenelets. */
export function validateVisualDesign(reply: VisualDesignReply, scenelets: readonly Scenelet[]): Issue[] {
  const { character_designs, environment_designs } = reply;
  const excessive = Object.entries({ character_designs, environment_designs }).find(
    ([, { length }]) => length > MAX_DESIGNS,
  );
  if (excessive) return [{ path: excessive[0], message: `at most ${MAX_DESIGNS} of them` }];
  const designed = new Set(reply.character_designs.map((design) => normalizeNameToId(design.character_name)));
  const uncovered = speakingCharacters(scenelets).filter((name) => !designed.has(normalizeNameToId(name)));
  return [
    ...uncovered.map((name) => ({
      path: 'character_designs',
      message: `the speaking character "${name}" has no design`,
    })),
    ...unknownScenelets('character_designs', reply.character_designs, scenelets),
    ...unknownScenelets('environment_designs', reply.environment_designs, scenelets),
  ];
}

/** Gives every design its id; equal names get suffixes in order. */
export function withIds(reply: VisualDesignReply): VisualDesign {
  const characterIds = uniqueIds(
    reply.character_designs.map((design) => design.character_name),
    [NARRATOR_ID],
  );
  const environmentIds = uniqueIds(reply.environment_designs.map((design) => design.environment_name));
  return {
    ...reply,
    character_designs: reply.character_designs.map((design, index) => ({
      character_id: characterIds[index] as string,
      ...design,
    })),
    environment_designs: reply.environment_designs.map((design, index) => ({
      environment_id: environmentIds[index] as string,
      ...design,
    })),
  };
}

/** Issues for scenelet ids that the story does not have. */
export function unknownScenelets(
  path: string,
  entries: readonly { associated_scenelet_ids: readonly string[] }[],
  scenelets: readonly Scenelet[],
): Issue[] {
  const labels = new Set(scenelets.map((scenelet) => scenelet.label));
  return entries.flatMap(({ associated_scenelet_ids }, index) =>
    associated_scenelet_ids
      .filter((id) => !labels.has(id))
      .map((id) => ({ path: `${path}.${index}.associated_scenelet_ids`, message: `there is no scenelet "${id}"` })),
  );
}

function speakingCharacters(scenelets: readonly Scenelet[]): string[] {
  const names = scenelets.flatMap((scenelet) => scenelet.content.dialogue.map((entry) => entry.character));
  return [...new Set(names)].filter((name) => normalizeNameToId(name) !== NARRATOR_ID);
}
