import {
  type BundleCaption,
  NARRATOR_ID,
  type StoryboardEntry,
  type VisualDesign,
  withoutPerformanceNotes,
} from '@story-tree/domain';

/** Names of characters by their ids. */
export type CharacterNames = ReadonlyMap<string, string>;

export function characterNames(design: VisualDesign | null): CharacterNames {
  return new Map(design?.character_designs.map((character) => [character.character_id, character.character_name]));
}

/** What is heard in a shot, as it is shown: names instead of ids, words without the notes on how to speak them. */
export function captionsOf(entry: StoryboardEntry, names: CharacterNames): BundleCaption[] {
  return entry.audio_and_narrative.map(({ source, line }) => ({
    speaker: source === NARRATOR_ID ? null : (names.get(source) ?? source),
    line: withoutPerformanceNotes(line),
  }));
}

/** What a shot's image shows, in words: its composition, then whoever is in it and was not named there. */
export function alternativeTextOf(entry: StoryboardEntry, names: CharacterNames): string {
  const text = entry.composition_and_content.trim();
  const present = entry.referenced_designs.characters.map((id) => names.get(id)).filter((name) => name !== undefined);
  const unnamed = [...new Set(present)].filter((name) => !text.includes(name));
  return unnamed.length === 0 ? text : `${text} (${unnamed.join(', ')})`;
}
