import { counted } from '../../kit/index.ts';
import type { SceneletCard } from './card.ts';
import type { AssetProgress, CardState } from './cardState.ts';

/** "2 of 3", "missing", "being made, 2 of 3", "all 3", "none needed". */
export function progressWords({ state, done, total }: AssetProgress): string {
  if (state === 'making') return total > 0 ? `being made, ${done} of ${total}` : 'being made';
  if (state === 'done') return total === 0 ? 'none needed' : `all ${total}`;
  return total > 0 ? `${done} of ${total}` : 'missing';
}

/** What a card shows by its looks, in words for those who do not see it. */
export function spokenState(card: SceneletCard, state: CardState, hidden: number): string {
  const place = {
    branch: `Choice with ${counted(card.children, 'way', 'ways')} on.`,
    ending: 'Ending.',
    open: state.isContinued ? 'What follows is being written.' : 'Incomplete: nothing follows yet.',
    step: '',
  }[card.kind];
  const unfinished = (['shots', 'keyFrames', 'speech'] as const)
    .filter((key) => state[key].state !== 'done')
    .map((key) => `${NAMES[key]} ${progressWords(state[key])}.`);
  const folded = hidden > 0 ? `${counted(hidden, 'scenelet')} folded.` : '';
  return [place, ...unfinished, folded].filter(Boolean).join(' ');
}

const NAMES = { shots: 'Shots', keyFrames: 'Key frames', speech: 'Speech' };
