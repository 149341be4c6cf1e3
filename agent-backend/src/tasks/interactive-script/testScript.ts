import type { TextRequest } from '../../models/ports.ts';
import type { ScriptReply } from './schema.ts';

/** The target of a request. */
export function targetOf(request: TextRequest): string {
  return /Target: (\S+)$/.exec(request.turns[0]?.text ?? '')?.[1] ?? '';
}

/** One scenelet for each choice label; a single null continues without a choice. */
export function step(
  target: string,
  choices: readonly (string | null)[],
  over: Partial<ScriptReply> = {},
): ScriptReply {
  const branches = choices.length > 1;
  return {
    branch_point: branches,
    is_concluding_scene: false,
    choice_prompt: branches ? `What now, after ${target}?` : null,
    next_scenelets: choices.map((choice_label, index) => ({
      description: `After ${target}, number ${index + 1}`,
      dialogue: [{ character: 'Tam', line: `I come after ${target}.` }],
      shot_suggestions: ['Wide'],
      choice_label,
    })),
    ...over,
  };
}

/** A story of 12 scenelets: a choice of three, another on the first path, and endings at different depths. */
export function smallStory(request: TextRequest): ScriptReply {
  const target = targetOf(request);
  const onward: Record<string, readonly (string | null)[]> = {
    root: [null],
    'scenelet-1': ['Zebra', 'Apple', 'Mango'],
    'scenelet-2a': ['Down', 'Up'],
  };
  const ends = ['scenelet-2b', 'scenelet-3c', 'scenelet-3aa', 'scenelet-4ab'];
  return step(target, onward[target] ?? [null], { is_concluding_scene: ends.includes(target) });
}
