import { buildSceneletTree, isOpen, type Scenelet } from '@story-tree/domain';
import { z } from 'zod';
import { cascadeOption, modeOptions, withModeRules } from '../../planning/options.ts';
import { defineTask } from '../../planning/task.ts';
import { constitution } from '../constitution/index.ts';
import { ScriptWriter } from './scriptWriter.ts';

export const interactiveScript = defineTask({
  task: 'CREATE_INTERACTIVE_SCRIPT',
  name: 'interactiveScript',
  title: 'Interactive script',
  makes: 'scenelets',
  kind: 'document',
  needs: [constitution],
  definesIds: true,
  clearsBeforeOverride: true,
  options: withModeRules(z.strictObject({ ...modeOptions, ...cascadeOption })),
  hasOutput: ({ scenelets }) => scenelets.length > 0,
  clear: ({ story }, { repositories }) => repositories.scenelets.deleteAll(story.id),
  plan({ state, settings }) {
    const writer = new ScriptWriter(state.story, state.scenelets.length, settings.script);
    const tree = buildSceneletTree(state.scenelets);
    const unitAfter = (scenelet: Scenelet) =>
      isOpen(tree, scenelet) ? writer.unitAfter(tree.pathTo(scenelet), false) : writer.unitAfter([scenelet], true);
    return [
      writer.rootUnit(tree.roots.length > 0),
      ...tree
        .inOrder()
        .filter((scenelet) => !scenelet.isTerminalNode)
        .map(unitAfter),
    ];
  },
});
