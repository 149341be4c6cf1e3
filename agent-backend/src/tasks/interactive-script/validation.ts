import type { Issue } from '@story-tree/domain';
import type { ScriptLimits } from '../../planning/settings.ts';
import type { ScriptReply } from './schema.ts';

/** The most lines of dialogue, and the most shot suggestions, in one scenelet; a dozen is already many. */
const MAX_ENTRIES = 200;

/** The issues of a reply of the right shape. The first reply of a story makes only the root. */
export function validateScriptReply(reply: ScriptReply, isRoot: boolean, limits: ScriptLimits): Issue[] {
  const issues = reply.branch_point ? branchIssues(reply, isRoot, limits) : linearIssues(reply);
  return [...issues, ...reply.next_scenelets.flatMap(lengthIssues)];
}

function lengthIssues({ dialogue, shot_suggestions }: ScriptReply['next_scenelets'][number], index: number): Issue[] {
  return Object.entries({ dialogue, shot_suggestions })
    .filter(([, entries]) => entries.length > MAX_ENTRIES)
    .map(([name]) => ({ path: `next_scenelets.${index}.${name}`, message: `at most ${MAX_ENTRIES} of them` }));
}

function linearIssues({ next_scenelets }: ScriptReply): Issue[] {
  if (next_scenelets.length === 1) return [];
  return [{ path: 'next_scenelets', message: 'without a branch there is exactly one next scenelet' }];
}

function branchIssues(reply: ScriptReply, isRoot: boolean, { maxChoices }: ScriptLimits): Issue[] {
  const { choice_prompt, is_concluding_scene, next_scenelets } = reply;
  const labels = next_scenelets.map((scenelet) => scenelet.choice_label?.trim() ?? '');
  const rules: [boolean, string, string][] = [
    [isRoot, 'branch_point', 'the first call makes the root alone, without a branch'],
    [is_concluding_scene, 'is_concluding_scene', 'a branch cannot conclude the story'],
    [!choice_prompt?.trim(), 'choice_prompt', 'a branch needs the question that is put to the player'],
    [next_scenelets.length < 2, 'next_scenelets', 'a branch needs two or more next scenelets'],
    [next_scenelets.length > maxChoices, 'next_scenelets', `a branch has at most ${maxChoices} next scenelets`],
    [labels.includes(''), 'next_scenelets', 'each next scenelet of a branch needs a choice_label'],
    [new Set(labels).size < labels.length, 'next_scenelets', 'the choice labels of a branch must differ'],
  ];
  return rules.filter(([broken]) => broken).map(([, path, message]) => ({ path, message }));
}
