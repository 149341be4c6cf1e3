import type { StoryState } from '@story-tree/domain';
import { treeYaml } from './treeYaml.ts';

type StoredDocument = 'visualDesignDocument' | 'visualReferencePackage' | 'audioDesignDocument';

const DOCUMENT_TITLES: Record<StoredDocument, string> = {
  visualDesignDocument: 'Visual design (JSON)',
  visualReferencePackage: 'Visual reference (JSON)',
  audioDesignDocument: 'Audio design (JSON)',
};

/** A titled part of what a text model is given. */
export function section(title: string, body: string): string {
  return `## ${title}\n\n${body.trim()}\n\n`;
}

export function fenced(language: 'yaml' | 'json', text: string): string {
  return `\`\`\`${language}\n${text.trim()}\n\`\`\``;
}

/** The constitution, the whole tree, and the documents named: what text tasks work from. */
export function storyContext(state: StoryState, documents: readonly StoredDocument[]): string {
  const { story } = state;
  return [
    section('Constitution', story.storyConstitution ?? ''),
    section('Story tree (YAML)', fenced('yaml', treeYaml(state.scenelets))),
    ...documents.map((name) => section(DOCUMENT_TITLES[name], fenced('json', JSON.stringify(story[name], null, 2)))),
  ].join('');
}

/** Ends a request that is about one place in the tree. */
export function targetLine(label: string): string {
  return `Target: ${label}`;
}
