import { isOpen, type Scenelet, type SceneletTree } from '@story-tree/domain';
import type { StoryShot } from '../../kit/index.ts';

/** What a scenelet is in the story: a choice follows, the path ends, the path stops before its end, or it continues. */
export type CardKind = 'branch' | 'ending' | 'open' | 'step';

/** What the canvas, the outline and the search know about a scenelet. */
export interface SceneletCard {
  label: string;
  kind: CardKind;
  /** The first sentence of its text, and what comes after it. */
  title: string;
  rest: string;
  lines: readonly { character: string; line: string }[];
  /** The choice that leads to it. */
  choice: string | null;
  /** What is asked after it, at a branch point. */
  choicePrompt: string | null;
  children: number;
  shots: readonly StoryShot[];
}

export function sceneletCard(tree: SceneletTree, scenelet: Scenelet, shots: readonly StoryShot[]): SceneletCard {
  const [title, rest] = splitSentence(scenelet.content.description);
  return {
    label: scenelet.label,
    kind: kindOf(tree, scenelet),
    title,
    rest,
    lines: scenelet.content.dialogue,
    choice: scenelet.choiceLabelFromParent,
    choicePrompt: scenelet.isBranchPoint ? scenelet.choicePrompt : null,
    children: tree.children(scenelet).length,
    shots,
  };
}

/** `3a` of `scenelet-3a`: enough where the context is clear. */
export function shortLabel(label: string): string {
  return label.replace(/^scenelet-/, '');
}

function kindOf(tree: SceneletTree, scenelet: Scenelet): CardKind {
  if (scenelet.isTerminalNode) return 'ending';
  if (isOpen(tree, scenelet)) return 'open';
  return scenelet.isBranchPoint ? 'branch' : 'step';
}

const SENTENCES = new Intl.Segmenter(undefined, { granularity: 'sentence' });

function splitSentence(text: string): [first: string, rest: string] {
  const trimmed = text.trim();
  const [first] = SENTENCES.segment(trimmed);
  const sentence = first?.segment ?? '';
  return [sentence.trim(), trimmed.slice(sentence.length).trim()];
}
