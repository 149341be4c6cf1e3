import { state } from './state.ts';
import type { Next, Phase, Scenelet, Shot } from './types.ts';

const LOOKAHEAD_SHOTS = 2;
/** Bounds what one screen of very many choices asks for. */
const PRELOADS_PER_STEP = 24;

/** What a link into nowhere leads to. */
export const MISSING: Scenelet = { id: '', description: '', shots: [], next: { type: 'incomplete' } };

export const sceneletOf = (id: string | undefined) => state.story.scenelets.get(id ?? '') ?? MISSING;
export const here = () => sceneletOf(state.trail.at(-1));
export const shotHere = () => here().shots[state.beat];

export function phase(): Phase {
  if (state.screen !== 'play') return '';
  return shotHere() === undefined ? here().next.type : 'shot';
}

/** Whether time passes: a shot is shown and nothing holds it up. */
export function isRunning(): boolean {
  const { paused, blocked, away, dialog } = state;
  return phase() === 'shot' && !paused && !blocked && !away && dialog === null;
}

/** The index in the trail of the last scenelet that was left by a choice; -1 when there is none. */
export function lastChoiceAt(): number {
  return state.trail.slice(0, -1).findLastIndex((id) => sceneletOf(id).next.type === 'branch');
}

export function destinations(next: Next): string[] {
  if (next.type === 'branch') return next.choices.map(({ sceneletId }) => sceneletId);
  return next.type === 'linear' ? [next.sceneletId] : [];
}

interface Beat {
  id: string;
  beat: number;
}

function beatsAfter({ id, beat }: Beat): Beat[] {
  const { shots, next } = sceneletOf(id);
  if (beat + 1 < shots.length) return [{ id, beat: beat + 1 }];
  return destinations(next).map((destination) => ({ id: destination, beat: 0 }));
}

/** The shots that can come next, of every choice, a few steps ahead. */
export function upcomingShots(): Shot[] {
  const found: Shot[] = [];
  let frontier: Beat[] = [{ id: state.trail.at(-1) ?? '', beat: state.beat }];
  for (let step = 0; step < LOOKAHEAD_SHOTS; step += 1) {
    frontier = frontier.flatMap(beatsAfter).slice(0, PRELOADS_PER_STEP);
    found.push(...frontier.map(({ id, beat }) => sceneletOf(id).shots[beat]).filter((shot) => shot !== undefined));
  }
  return found;
}
