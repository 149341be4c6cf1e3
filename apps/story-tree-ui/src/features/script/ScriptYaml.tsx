'use client';

import Download from 'lucide-react/icons/download';
import { useMemo } from 'react';
import { Button, CopyButton, saveText } from '../../components/index.ts';
import { Scrollable, useStoryPage } from '../kit/index.ts';
import { scriptYaml } from './scriptYaml.ts';

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
