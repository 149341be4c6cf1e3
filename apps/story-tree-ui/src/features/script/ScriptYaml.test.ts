import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { treeOf } from '../kit/storyParts.ts';
import { detailOf } from '../kit/testDetail.ts';
import { scriptYaml } from './ScriptYaml.tsx';

describe('scriptYaml', () => {
  it('comes back as it was, whatever the texts hold', () => {
    const description = '<script>alert(1)</script>\n# not a comment: "quoted" & \u202ertl 🎭';
    const { scenelets } = detailOf([
      { label: 'scenelet-1', choicePrompt: '- yes: or no?', description },
      { label: 'scenelet-2a', parent: 'scenelet-1', choiceLabel: 'no', ending: true },
    ]);
    expect(parse(scriptYaml('A: title', treeOf(scenelets)))).toEqual({
      title: 'A: title',
      scenelets: [
        expect.objectContaining({ id: 'scenelet-1', parent: null, role: 'branch', description }),
        expect.objectContaining({ id: 'scenelet-2a', parent: 'scenelet-1', choice_label: 'no', role: 'terminal' }),
      ],
    });
  });
});
