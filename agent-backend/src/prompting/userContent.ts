import { buildSceneletTree, type Scenelet, type StoryState } from '@story-tree/domain';
import { stringify } from 'yaml';

type StoredDocument = 'visualDesignDocument' | 'visualReferencePackage' | 'audioDesignDocument';

const DOCUMENT_TITLES: Record<StoredDocument, string> = {
  visualDesignDocument: 'Visual design (JSON)',
  visualReferencePackage: 'Visual reference (JSON)',
  audioDesignDocument: 'Audio design (JSON)',
};

/** A titled section of a text model's user content. */
export function section(title: string, body: string): string {
  return `## ${title}\n\n${body.trim()}\n\n`;
}

export function fenced(language: 'yaml' | 'json', text: string): string {
  return `\`\`\`${language}\n${text.trim()}\n\`\`\``;
}

/** What text tasks work from: the constitution, the whole tree, and the named documents. */
export function storyContext(state: StoryState, documents: readonly StoredDocument[]): string {
  const { story } = state;
  return [
    section('Constitution', story.storyConstitution ?? ''),
    section('Story tree (YAML)', fenced('yaml', treeYaml(state.scenelets))),
    ...documents.map((name) => section(DOCUMENT_TITLES[name], fenced('json', JSON.stringify(story[name], null, 2)))),
  ].join('');
}

/** The last line of a request about one place in the tree. */
export function targetLine(label: string): string {
  return `Target: ${label}`;
}

/** The whole story as YAML, depth first, in the form that text models get. */
export function treeYaml(scenelets: readonly Scenelet[]): string {
  return sceneletsYaml(buildSceneletTree(scenelets).inOrder(), scenelets);
}

/** Some scenelets of a story as YAML; `all` supplies the labels of parents. */
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
