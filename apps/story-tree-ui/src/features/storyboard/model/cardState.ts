import { counted, type StoryShot } from '../../kit/index.ts';
import type { SceneletCard } from './card.ts';

/** Whether a unit of a workflow task is being made. */
export type IsMaking = (workflowTask: string, unit: string) => boolean;

export type AssetState = 'missing' | 'making' | 'done';

/** The progress of one kind of asset in a scenelet. */
export interface AssetProgress {
  state: AssetState;
  done: number;
  /** 0 where nothing is needed, as for speech in a scenelet without lines; and before there are shots. */
  total: number;
}

/** Live state of a scenelet. */
export interface CardState {
  shots: AssetProgress;
  keyFrames: AssetProgress;
  speech: AssetProgress;
  /** What follows it is being written. */
  isContinued: boolean;
}

export interface Picture {
  shotIndex: number;
  /** Address of the key frame; null before it is made. */
  source: string | null;
  isBeingMade: boolean;
}

export function cardState({ label, shots }: Pick<SceneletCard, 'label' | 'shots'>, isMaking: IsMaking): CardState {
  const inWork = (task: string) => (shot: StoryShot) => isMaking(task, `${label}/${shot.shotIndex}`);
  const spoken = shots.filter(({ storyboard }) => storyboard.audio_and_narrative.length > 0);
  const unshot = { state: 'missing', done: 0, total: 0 } as const;
  const shotsMade = shots.length > 0 ? { state: 'done' as const, done: shots.length, total: shots.length } : unshot;
  return {
    shots: isMaking('CREATE_SHOT_PRODUCTION', label) ? { ...shotsMade, state: 'making' } : shotsMade,
    keyFrames:
      shots.length > 0
        ? progress(shots, ({ keyFrameImagePath }) => keyFrameImagePath !== null, inWork('CREATE_SHOT_IMAGES'))
        : unshot,
    speech:
      shots.length > 0
        ? progress(spoken, ({ audioFilePath }) => audioFilePath !== null, inWork('CREATE_SHOT_AUDIO'))
        : unshot,
    isContinued: isMaking('CREATE_INTERACTIVE_SCRIPT', label),
  };
}

/** Key frames of a scenelet, in the order of its shots. */
export function pictures(
  { label, shots }: Pick<SceneletCard, 'label' | 'shots'>,
  isMaking: IsMaking,
  addressOf: (path: string | null) => string | null,
): Picture[] {
  return shots.map(({ shotIndex, keyFrameImagePath }) => ({
    shotIndex,
    source: addressOf(keyFrameImagePath),
    isBeingMade: isMaking('CREATE_SHOT_IMAGES', `${label}/${shotIndex}`),
  }));
}

function progress(
  wanted: readonly StoryShot[],
  isThere: (shot: StoryShot) => boolean,
  isWorkedOn: (shot: StoryShot) => boolean,
): AssetProgress {
  const done = wanted.filter(isThere).length;
  const state = wanted.some(isWorkedOn) ? 'making' : done === wanted.length ? 'done' : 'missing';
  return { state, done, total: wanted.length };
}

/** "2 of 3", "missing", "being made, 2 of 3", "all 3", "none needed". */
export function progressWords({ state, done, total }: AssetProgress): string {
  if (state === 'making') return total > 0 ? `being made, ${done} of ${total}` : 'being made';
  if (state === 'done') return total === 0 ? 'none needed' : `all ${total}`;
  return total > 0 ? `${done} of ${total}` : 'missing';
}

/** What a card shows visually, in words for screen readers. */
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
