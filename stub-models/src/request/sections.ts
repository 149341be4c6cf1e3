import type { TextRequest } from '@story-tree/agent-backend';
import { StoryTreeError, type VisualDesign, visualDesignSchema } from '@story-tree/domain';

const HEADINGS = {
  tree: '## Story tree (YAML)',
  path: '## Path to the target (YAML)',
  visualDesign: '## Visual design (JSON)',
  visualReference: '## Visual reference (JSON)',
  audioDesign: '## Audio design (JSON)',
  conversation: '## Conversation (JSON)',
} as const;

type SectionName = keyof typeof HEADINGS;

const NAMES = Object.keys(HEADINGS) as SectionName[];

/** The first turn of a request, without re-asks. */
export function firstTurn(request: TextRequest): string {
  return request.turns[0]?.text ?? '';
}

/**
 * The place of each heading on a line of its own. The last such line counts: the constitution comes first and may contain
 * anything, while no line in the YAML and JSON blocks after it can begin with `##`.
 */
function headingsIn(text: string): Map<SectionName, number> {
  const found = new Map<SectionName, number>();
  for (let at = text.startsWith('## ') ? 0 : nextHeading(text, 0); at >= 0; at = nextHeading(text, at)) {
    for (const name of NAMES) if (text.startsWith(`${HEADINGS[name]}\n`, at)) found.set(name, at);
  }
  return found;
}

function nextHeading(text: string, from: number): number {
  const at = text.indexOf('\n## ', from);
  return at < 0 ? -1 : at + 1;
}

function endOfSection(headings: ReadonlyMap<SectionName, number>, from: number, length: number): number {
  return Math.min(length, ...[...headings.values()].filter((at) => at > from));
}

/** The fenced block under a heading, without its fence; null if the request has none. */
export function fencedBlock(text: string, name: SectionName): string | null {
  const headings = headingsIn(text);
  const start = headings.get(name);
  if (start === undefined) return null;
  const section = text.slice(start, endOfSection(headings, start, text.length));
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
  return text.slice(from, endOfSection(headingsIn(text), from, text.length)).trim();
}

/**
 * The label that the request's last line names, or `root`.
 *
 * @throws StoryTreeError `internal` if a request about one place does not name it
 */
export function targetOf(text: string): string {
  const trimmed = text.trimEnd();
  const target = /^Target: (\S+)$/.exec(trimmed.slice(trimmed.lastIndexOf('\n') + 1))?.[1];
  if (target !== undefined) return target;
  throw new StoryTreeError('internal', 'The stub was asked about one place in the story, but the request names none.');
}

/**
 * The visual design in the request, with its ids.
 *
 * @throws StoryTreeError `internal` if there is none, or it is not valid
 */
export function readVisualDesign(text: string): VisualDesign {
  const json = fencedBlock(text, 'visualDesign');
  const design = json === null ? null : visualDesignSchema.safeParse(JSON.parse(json)).data;
  if (design) return design;
  throw new StoryTreeError('internal', 'The stub needs the visual design in the request, and found none.');
}
