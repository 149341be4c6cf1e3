import { type AudioLine, NARRATOR_ID, type VisualDesign } from '@story-tree/domain';
import { isNarrator, sameName } from '../request/spoken.ts';

/** The id of the first character of that name, or null if the design has none. */
export function characterIdOf(design: VisualDesign, name: string): string | null {
  return design.character_designs.find((character) => sameName(character.character_name, name))?.character_id ?? null;
}

/** A spoken line for the storyboard. A speaker without a design is heard in the narrator's voice. */
export function audioLine(design: VisualDesign, speaker: string, line: string): AudioLine {
  const source = isNarrator(speaker) ? null : characterIdOf(design, speaker);
  return source === null ? { type: 'monologue', source: NARRATOR_ID, line } : { type: 'dialogue', source, line };
}
