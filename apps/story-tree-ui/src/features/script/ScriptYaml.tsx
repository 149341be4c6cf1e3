'use client';

import type { SceneletTree } from '@story-tree/domain';
import Download from 'lucide-react/icons/download';
import { useMemo } from 'react';
import { stringify } from 'yaml';
import { Button, CopyButton, saveText } from '../../components/index.ts';
import { Scrollable, useStoryPage } from '../kit/index.ts';

/** The whole tree in a form that other programs read. */
export default function ScriptYaml() {
  const { storyId, detail, tree } = useStoryPage();
  const name = detail.story.displayName;
  const yaml = useMemo(() => scriptYaml(name, tree), [name, tree]);
  return (
    <div className="overflow-hidden rounded-card border border-line bg-sheet">
      <div className="flex flex-wrap items-center justify-between gap-3 border-line border-b px-4 py-3">
        <p className="text-ink-soft text-sm">The whole tree, depth first</p>
        <div className="flex gap-2">
          <CopyButton text={yaml} label="Copy YAML" />
          <Button
            size="small"
            icon={Download}
            onClick={() => saveText(`script-${storyId}.yaml`, yaml, 'application/yaml')}
          >
            Download YAML
          </Button>
        </div>
      </div>
      <Scrollable label="Script as YAML" className="max-h-[70dvh] px-5 py-4">
        <pre className="font-mono text-sm leading-relaxed">{yaml}</pre>
      </Scrollable>
    </div>
  );
}

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
