import type { TreeScenelet } from './tree.ts';

/** Whether a line of the script belongs to the narrator and not to a character. */
export function isNarrator(speaker: string): boolean {
  return sameName(speaker, 'Narrator');
}

/** Names as people compare them: case and spacing set aside. */
export function sameName(one: string, other: string): boolean {
  return foldName(one) === foldName(other);
}

function foldName(name: string): string {
  return name.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase();
}

/** Which characters speak and where, in the order in which they first do. */
export function speakersOf(tree: readonly TreeScenelet[]): Map<string, string[]> {
  const labelsByName = new Map<string, string[]>();
  const nameByFold = new Map<string, string>();
  for (const scenelet of tree) {
    for (const { character } of scenelet.dialogue) {
      if (isNarrator(character)) continue;
      const name = nameByFold.get(foldName(character)) ?? character;
      nameByFold.set(foldName(character), name);
      const labels = labelsByName.get(name) ?? [];
      if (labels.at(-1) !== scenelet.id) labels.push(scenelet.id);
      labelsByName.set(name, labels);
    }
  }
  return labelsByName;
}
