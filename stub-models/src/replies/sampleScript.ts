import type { TextRequest } from '@story-tree/agent-backend';
import { withoutParentheticals, withoutPerformanceNotes } from '@story-tree/domain';
import { constitutionOf, firstTurn, targetOf } from '../request/sections.ts';
import { SAMPLE_PROMPT } from '../sample/constitution.ts';
import { SAMPLE_SCENELETS, sampleChildren } from '../sample/story/index.ts';
import type { SampleScenelet } from '../sample/types.ts';
import type { NextScenelet, ScriptReply } from '../scriptReply.ts';
import { premiseOf } from './constitution.ts';

const MAX_PREMISE_LENGTH = 80;

function toReply(scenelet: SampleScenelet): NextScenelet {
  return {
    description: scenelet.description,
    dialogue: scenelet.shots.flatMap((shot) =>
      shot.lines.map(([character, words]) => ({ character, line: withoutPerformanceNotes(words) })),
    ),
    shot_suggestions: scenelet.shots.map((shot) => `${shot.framing}. ${shot.content}`),
    choice_label: scenelet.choiceLabel ?? null,
  };
}

/** The premise, short enough to be said in one breath; empty if nothing is left to say. */
function spokenPremise(constitution: string): string {
  const premise = withoutParentheticals(premiseOf(constitution) ?? '')
    .replace(/[“”"()]/g, '')
    .replace(/\s+/g, ' ');
  if (premise.length <= MAX_PREMISE_LENGTH) return premise.replace(/[.…]{1,9}$/, '').trim();
  const cut = premise.slice(0, MAX_PREMISE_LENGTH);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), MAX_PREMISE_LENGTH / 2)).trim()}…`;
}

/** The root tells the requested premise before the sample story takes over. */
function withPremise(root: NextScenelet, constitution: string): NextScenelet {
  const premise = spokenPremise(constitution);
  if (premise === '' || premiseOf(constitution) === SAMPLE_PROMPT) return root;
  const [, ...rest] = root.dialogue;
  const opening = {
    character: 'Narrator',
    line: `“${premise}.” So the tale was asked for, and Harrow Quay tells it like this.`,
  };
  return {
    ...root,
    description: `A tale told from the words “${premise}”. ${root.description}`,
    dialogue: [opening, ...rest],
  };
}

/** A last scene that fits any story, for targets after which the sample story has nothing, as in a story begun elsewhere. */
const FAREWELL: NextScenelet = {
  description: 'Ending: evening comes, the lamps are lit, and everyone who set out is home.',
  dialogue: [
    {
      character: 'Narrator',
      line: 'And that was the end of it, or near enough. The lamps were lit, and all were home.',
    },
  ],
  shot_suggestions: ['Wide shot. A row of lit windows under the first stars.'],
  choice_label: null,
};

/** The script's reply for one target of the sample story. */
export function sampleScriptReply(request: TextRequest): ScriptReply {
  const text = firstTurn(request);
  const target = targetOf(text);
  const children = sampleChildren(target);
  const next = children.map(toReply);
  const [only] = next;
  if (only === undefined) {
    return { branch_point: false, is_concluding_scene: true, choice_prompt: null, next_scenelets: [FAREWELL] };
  }
  const branches = next.length > 1;
  return {
    branch_point: branches,
    is_concluding_scene: !branches && sampleChildren(children[0]?.label ?? '').length === 0,
    choice_prompt: branches ? (SAMPLE_SCENELETS.get(target)?.choicePrompt ?? null) : null,
    next_scenelets: target === 'root' ? [withPremise(only, constitutionOf(text))] : next,
  };
}
