import { type BundleCaption, NARRATOR_ID, type StoryboardEntry, type VisualDesign } from '@story-tree/domain';

const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '（': '）', '【': '】' };
const PULLS_LEFT = /[\s.,;:!?…。，、！？]/;

const WITHIN_WORD = /[\p{L}\p{N}]/u;

/** Scripts that write brackets this way write no spaces around them. */
const isWide = (bracket: string) => '（）【】'.includes(bracket);

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

/**
 * A line without the notes on how to speak it: brackets that stand free, not those within words, as in `f(x)`. The whole
 * line when nothing else is in it. One pass, however deep they nest.
 */
export function withoutPerformanceNotes(line: string): string {
  const kept: string[] = [];
  const open: { closing: string; at: number }[] = [];
  const characters = [...line];
  for (const [index, character] of characters.entries()) {
    const innermost = open.at(-1);
    if (innermost !== undefined && character === innermost.closing) {
      open.pop();
      if (WITHIN_WORD.test(characters[index + 1] ?? '') && !isWide(character)) {
        kept.push(character);
        continue;
      }
      kept.length = innermost.at;
      if (PULLS_LEFT.test(characters[index + 1] ?? ' ')) dropTrailingSpace(kept);
      continue;
    }
    const closing = CLOSING[character];
    const standsFree = isWide(character) || open.length > 0 || /^\s?$/.test(characters[index - 1] ?? '');
    if (closing !== undefined && standsFree) open.push({ closing, at: kept.length });
    kept.push(character);
  }
  const words = kept.join('').trim();
  return words === '' ? line.trim() : words;
}

function dropTrailingSpace(kept: string[]): void {
  while (/^\s$/.test(kept.at(-1) ?? '')) kept.pop();
}
