import { buildSceneletTree, type Scenelet } from '@story-tree/domain';
import { stringify } from 'yaml';

/** The whole story as YAML, depth first, as text models are shown it. */
export function treeYaml(scenelets: readonly Scenelet[]): string {
  return sceneletsYaml(buildSceneletTree(scenelets).inOrder(), scenelets);
}

/** Some scenelets of a story as YAML; `all` gives the parents their labels. */
export function sceneletsYaml(shown: readonly Scenelet[], all: readonly Scenelet[]): string {
  const labels = new Map(all.map((scenelet) => [scenelet.id, scenelet.label]));
  const entries = shown.map((scenelet) => sceneletEntry(scenelet, labels.get(scenelet.parentId ?? '') ?? null));
  return stringify({ scenelets: entries }, { lineWidth: 0, aliasDuplicateObjects: false });
}

function sceneletEntry(scenelet: Scenelet, parent: string | null): object {
  const { content } = scenelet;
  return {
    id: scenelet.label,
    parent,
    ...(scenelet.choiceLabelFromParent === null ? {} : { choice_label: scenelet.choiceLabelFromParent }),
    ...(scenelet.choicePrompt === null ? {} : { choice_prompt: scenelet.choicePrompt }),
    role: role(scenelet),
    description: content.description,
    dialogue: content.dialogue,
    shot_suggestions: content.shot_suggestions,
  };
}

function role(scenelet: Scenelet): 'branch' | 'terminal' | 'linear' {
  if (scenelet.isBranchPoint) return 'branch';
  return scenelet.isTerminalNode ? 'terminal' : 'linear';
}
