import { SETTING_NAMES, setSetting, state } from './state.ts';
import { list } from './story.ts';
import type { Memory, Next, Phase, Place, Scenelet, Shot, Untrusted } from './types.ts';

const LOOKAHEAD_SHOTS = 2;
/** Bounds what one screen of very many choices asks for. */
const PRELOADS_PER_STEP = 24;

/** What a link into nowhere leads to. */
const MISSING: Scenelet = { id: '', shots: [], next: { type: 'incomplete' } };

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

function destinations(next: Next): string[] {
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

/** Notes that the viewer has come to the place where they are now. */
export function noteArrival(): void {
  const { preview, trail, beat, endings } = state;
  const { id } = here();
  const isEnding = phase() === 'terminal';
  if (isEnding) endings.add(id);
  if (!preview && here() !== MISSING) state.saved = isEnding ? null : { trail, beat };
  remember();
}

const storageKey = () => `story-tree:${state.story.id}`;

/** Keeps place, settings and endings for the next visit. */
export function remember(): void {
  const { saved, settings, endings } = state;
  const memory: Memory = { saved, settings, endings: [...endings] };
  try {
    localStorage.setItem(storageKey(), JSON.stringify(memory));
  } catch {
    // The story plays on; only the place in it is not kept.
  }
}

/** Takes over what an earlier visit has left, as far as it fits the story. */
export function recall(): void {
  const stored = storedMemory();
  for (const name of SETTING_NAMES) setSetting(name, stored?.settings?.[name]);
  state.endings = new Set(state.story.endings.filter((id) => list(stored?.endings).includes(id)));
  state.saved = readPlace(stored?.saved);
}

function storedMemory(): Untrusted<Memory> {
  try {
    return JSON.parse(localStorage.getItem(storageKey()) ?? 'null');
  } catch {
    return null; // Begin as on a first visit.
  }
}

/** A saved place counts only if the story still leads there. */
function readPlace(place: Untrusted<Place>): Place | null {
  const trail = list(place?.trail);
  const beat = place?.beat ?? -1;
  return Number.isInteger(beat) && beat >= 0 && isTrail(trail) ? { trail, beat } : null;
}

function isTrail(ids: readonly Untrusted<string>[]): ids is readonly string[] {
  return (
    ids.length > 0 &&
    ids.every((id, index) => {
      if (typeof id !== 'string' || !state.story.scenelets.has(id)) return false;
      return index === 0 || destinations(sceneletOf(ids[index - 1] ?? '').next).includes(id);
    })
  );
}
