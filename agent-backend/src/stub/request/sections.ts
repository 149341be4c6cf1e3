import { StoryTreeError } from '@story-tree/domain';
import type { TextRequest } from '../../models/ports.ts';

const HEADINGS = {
  tree: '## Story tree (YAML)',
  path: '## Path to the target (YAML)',
  visualDesign: '## Visual design (JSON)',
  visualReference: '## Visual reference (JSON)',
  audioDesign: '## Audio design (JSON)',
} as const;

type SectionName = keyof typeof HEADINGS;

/** What the first turn of a request says, without what was asked again after it. */
export function firstTurn(request: TextRequest): string {
  return request.turns[0]?.text ?? '';
}

/**
 * Where a heading stands on a line of its own. The last such line counts: the constitution comes first and may hold
 * anything, while nothing within the YAML and JSON blocks after it can begin a line with `##`.
 */
function headingAt(text: string, heading: string): number {
  const inside = text.lastIndexOf(`\n${heading}\n`);
  if (inside >= 0) return inside + 1;
  return text.startsWith(`${heading}\n`) ? 0 : -1;
}

function endOfSection(text: string, from: number): number {
  const later = Object.values(HEADINGS)
    .map((heading) => headingAt(text, heading))
    .filter((at) => at > from);
  return Math.min(text.length, ...later);
}

/** The fenced block under a heading, without its fence; null where the request has none. */
export function fencedBlock(text: string, name: SectionName): string | null {
  const start = headingAt(text, HEADINGS[name]);
  if (start < 0) return null;
  const section = text.slice(start, endOfSection(text, start));
  const open = /^```[a-z]*\n/m.exec(section);
  if (open === null) return null;
  const from = open.index + open[0].length;
  const close = section.lastIndexOf('\n```');
  return section.slice(from, close < from ? undefined : close);
}

/** The constitution that the request opens with, or an empty text. */
export function constitutionOf(text: string): string {
  const heading = /^## Constitution\n/m.exec(text);
  if (heading === null) return '';
  const from = heading.index + heading[0].length;
  return text.slice(from, endOfSection(text, from)).trim();
}

/**
 * The label that the request's last line names, or `root`.
 *
 * @throws StoryTreeError `internal` when a request about one place does not say which
 */
export function targetOf(text: string): string {
  const target = /(?:^|\n)Target: (\S+)\s*$/.exec(text)?.[1];
  if (target !== undefined) return target;
  throw new StoryTreeError('internal', 'The stub was asked about one place in the story, but the request names none.');
}
