import type { SceneletTree } from '@story-tree/domain';
import { stringify } from 'yaml';

/** The whole tree for other programs, depth first: each scenelet with its parent, its role and all that is said. */
export function scriptYaml(title: string, tree: SceneletTree): string {
  const scenelets = tree.inOrder().map((scenelet) => {
    const { content } = scenelet;
    const parent = scenelet.parentId === null ? null : (tree.byId.get(scenelet.parentId)?.label ?? null);
    return {
      id: scenelet.label,
      parent,
      ...(scenelet.choiceLabelFromParent === null ? {} : { choice_label: scenelet.choiceLabelFromParent }),
      ...(scenelet.choicePrompt === null ? {} : { choice_prompt: scenelet.choicePrompt }),
      role: scenelet.isBranchPoint ? 'branch' : scenelet.isTerminalNode ? 'terminal' : 'linear',
      description: content.description,
      dialogue: content.dialogue.map(({ character, line }) => ({ character, line })),
      shot_suggestions: content.shot_suggestions,
    };
  });
  return stringify({ title, scenelets }, { lineWidth: 0, aliasDuplicateObjects: false });
}
