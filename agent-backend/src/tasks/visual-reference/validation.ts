import type { Issue, VisualDesign, VisualReference } from '@story-tree/domain';

/** Every character and every environment of the visual design must occur exactly once, and no others. */
export function validateVisualReference(reply: VisualReference, design: VisualDesign): Issue[] {
  return [
    ...coverage(
      'character_model_sheets',
      reply.character_model_sheets.map((sheet) => sheet.character_id),
      design.character_designs.map((character) => character.character_id),
    ),
    ...coverage(
      'environment_keyframes',
      reply.environment_keyframes.map((entry) => entry.environment_id),
      design.environment_designs.map((environment) => environment.environment_id),
    ),
  ];
}

function coverage(path: string, found: readonly string[], expected: readonly string[]): Issue[] {
  const issue = (message: string): Issue => ({ path, message });
  const [known, given] = [new Set(expected), new Set(found)];
  const seen = new Set<string>();
  const repeated = found.filter((id) => seen.size === seen.add(id).size);
  return [
    ...found.filter((id) => !known.has(id)).map((id) => issue(`"${id}" is not in the visual design`)),
    ...expected.filter((id) => !given.has(id)).map((id) => issue(`"${id}" is missing`)),
    ...repeated.map((id) => issue(`"${id}" is there twice`)),
  ];
}
