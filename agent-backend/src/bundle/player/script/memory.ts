import { destinations, here, MISSING, phase, sceneletOf } from './place.ts';
import { SETTING_NAMES, setSetting, state } from './state.ts';
import { list } from './story.ts';
import type { Memory, Place, SavedPlace, Untrusted } from './types.ts';

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
  const memory: Memory = {
    saved: saved && { ...saved, text: textMark(saved.trail.at(-1)) },
    settings,
    endings: [...endings].map((id) => ({ id, text: textMark(id) })),
  };
  try {
    localStorage.setItem(storageKey(), JSON.stringify(memory));
  } catch {
    // The story plays on; only the place in it is not kept.
  }
}

/** Takes over what an earlier visit has left, as far as the story still tells the same there. */
export function recall(): void {
  const stored = storedMemory();
  for (const name of SETTING_NAMES) setSetting(name, stored?.settings?.[name]);
  const known = new Map(list(stored?.endings).map((ending) => [ending?.id, ending?.text]));
  state.endings = new Set(state.story.endings.filter((id) => known.has(id) && known.get(id) === textMark(id)));
  state.saved = readPlace(stored?.saved);
}

function storedMemory(): Untrusted<Memory> {
  try {
    return JSON.parse(localStorage.getItem(storageKey()) ?? 'null');
  } catch {
    return null; // Begin as on a first visit.
  }
}

/** A saved place counts only if the story still leads there and tells the same there. */
function readPlace(place: Untrusted<SavedPlace>): Place | null {
  const trail = list(place?.trail);
  const beat = place?.beat ?? -1;
  if (!Number.isInteger(beat) || beat < 0 || !isTrail(trail)) return null;
  return place?.text === textMark(trail.at(-1)) ? { trail, beat } : null;
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

/**
 * What tells one text of a scenelet from another: a hash (32-bit FNV-1a) of what happens there, what is said and which
 * choices there are. Pictures and recordings may be regenerated without its being another text.
 */
function textMark(id: string | undefined): string {
  const { description, shots, next } = sceneletOf(id);
  let hash = 0x811c9dc5;
  for (const sign of JSON.stringify([description, shots.map(({ captions }) => captions), next])) {
    hash = Math.imul(hash ^ (sign.codePointAt(0) ?? 0), 0x01000193);
  }
  return (hash >>> 0).toString(16);
}
