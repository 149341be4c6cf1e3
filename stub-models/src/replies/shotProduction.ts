import type { TextRequest } from '@story-tree/agent-backend';
import { type StoryboardEntry, StoryTreeError } from '@story-tree/domain';
import { firstTurn, readVisualDesign, targetOf } from '../request/sections.ts';
import { readTarget } from '../request/tree.ts';
import { plainStoryboards } from './plainStoryboards.ts';
import { sampleStoryboards } from './sampleStoryboards.ts';

interface ShotProductionReply {
  scenelet_id: string;
  shots: { shot_index: number; storyboard_entry: StoryboardEntry }[];
}

/**
 * The shots of the target: those written for the sample story if its words and designs still fit, else plain ones for
 * whatever is said there.
 *
 * @param shotCount the least number of shots to make for a synthetic story, else null
 * @throws StoryTreeError `internal` if the request does not contain the target
 */
export function shotProductionReply(request: TextRequest, shotCount: number | null): ShotProductionReply {
  const text = firstTurn(request);
  const label = targetOf(text);
  const scenelet = readTarget(text, label);
  if (scenelet === null) {
    throw new StoryTreeError('internal', `The stub was asked for the shots of ${label}, which is not in the request.`);
  }
  const design = readVisualDesign(text);
  const written = shotCount === null ? sampleStoryboards(scenelet, design) : null;
  const storyboards = written ?? plainStoryboards(scenelet, design, shotCount ?? 1);
  return {
    scenelet_id: label,
    shots: storyboards.map((storyboard_entry, index) => ({ shot_index: index + 1, storyboard_entry })),
  };
}
