import type { TextRequest } from '@story-tree/agent-backend';
import { StoryTreeError } from '@story-tree/domain';
import { firstTurn, targetOf } from '../request/sections.ts';
import type { NextScenelet, ScriptReply } from '../scriptReply.ts';
import { pickBy } from '../seed.ts';
import type { SyntheticSize } from '../settings.ts';
import type { SyntheticPlan } from './plan.ts';

const SPEAKERS = ['Ada', 'Bruno', 'Narrator', 'Cleo', 'Dag'] as const;
const PLACES = ['in the harbour', 'in the library', 'in the forest'] as const;
const ACTIONS = [
  'count the lamps',
  'look for the key',
  'listen at the door',
  'read the map',
  'wait for the boat',
] as const;
const LINES = ['Here, then.', 'Not that way.', 'Do you hear it?', 'One more.', 'Keep close.', 'It was here.'] as const;

function scenelet(label: string, shots: number, isChoice: boolean): NextScenelet {
  const place = pickBy(`${label} place`, PLACES);
  const action = pickBy(`${label} doing`, ACTIONS);
  return {
    description: `${label}: the four of them ${action} ${place}.`,
    dialogue: Array.from({ length: shots }, (_, index) => ({
      character: pickBy(`${label} speaker ${index}`, SPEAKERS),
      line: `${pickBy(`${label} line ${index}`, LINES)} ${index + 1}.`,
    })),
    shot_suggestions: [`Wide shot ${place}`],
    choice_label: isChoice ? `Go to ${label} and ${action}` : null,
  };
}

/** The script's reply for one target of a synthetic story. */
export function syntheticScriptReply(request: TextRequest, size: SyntheticSize, plan: SyntheticPlan): ScriptReply {
  const target = targetOf(firstTurn(request));
  const labels = plan.get(target) ?? [];
  const [first] = labels;
  if (first === undefined) {
    throw new StoryTreeError(
      'invalid_input',
      `${target} has nothing after it in this synthetic story. Run with the STUB_ settings that the story was started with.`,
    );
  }
  const branches = labels.length > 1;
  return {
    branch_point: branches,
    is_concluding_scene: !branches && plan.get(first)?.length === 0,
    choice_prompt: branches ? `What now, at ${target}?` : null,
    next_scenelets: labels.map((label) => scenelet(label, size.shotsPerScenelet, branches)),
  };
}
