import type { BundleCaption, BundleNext, BundleScenelet, StoryBundle } from '@story-tree/domain';
import type { Caption, Next, Scenelet, Story, Untrusted } from './types.ts';

interface LoadedBundle {
  data: Untrusted<StoryBundle>;
  /** The address that those within the data are relative to. */
  base: string;
}

/** Loads the data at the address that the fragment gives, or else those beside this page. */
export async function loadBundle(given: string | null): Promise<LoadedBundle> {
  if (given !== null) {
    const address = ownAddress(given);
    return { data: await fetchJson(address), base: address };
  }
  const base = new URL('.', location.href).href;
  await loadScript(new URL('story.js', base).href);
  if (window.STORY_TREE_BUNDLE) return { data: window.STORY_TREE_BUNDLE, base };
  if (location.protocol !== 'file:') return { data: await fetchJson(new URL('story.json', base).href), base };
  throw new Error('The story was not found: story.js must lie in the same folder as this page.');
}

/** An address given in the fragment must be this site's own, so that no link can make the page play foreign data. */
function ownAddress(given: string): string {
  const address = addressOf(given, location.href);
  const isOwn = address !== null && /^https?:/.test(address) && new URL(address).origin === location.origin;
  if (!isOwn) throw new Error('This page plays stories of its own site only: the given address is a foreign one.');
  return address;
}

async function fetchJson(address: string): Promise<Untrusted<StoryBundle>> {
  const response = await fetch(address, { redirect: 'error' }).catch(() => null);
  if (!response?.ok) throw new Error('The story could not be loaded. Check the connection and open the page again.');
  return response.json().catch(() => {
    throw new Error('What was loaded is not a story: its data cannot be read.');
  });
}

/** Resolves when the script has run or could not be loaded. */
function loadScript(address: string): Promise<unknown> {
  return new Promise((resolve) => {
    const script = document.createElement('script');
    script.src = address;
    script.onload = script.onerror = resolve;
    document.head.append(script);
  });
}

/** @throws Error when the data has no beginning; anything else that is missing is done without */
export function readStory({ data, base }: LoadedBundle): Story {
  const scenelets = new Map<string, Scenelet>();
  for (const entry of list(data?.scenelets)) {
    if (typeof entry?.id === 'string') scenelets.set(entry.id, readScenelet(entry.id, entry));
  }
  const root = text(data?.rootSceneletId);
  if (!scenelets.has(root)) throw new Error('This story has no beginning: its data is not complete.');
  const title = text(data?.metadata?.title).trim() || 'Untitled story';
  return {
    base,
    title,
    root,
    scenelets,
    music: readMusic(data?.music, base),
    id: text(data?.metadata?.storyId) || title,
    language: readLanguage(data?.metadata?.language),
    endings: [...scenelets.values()].filter(({ next }) => next.type === 'terminal').map(({ id }) => id),
  };
}

function readMusic(cues: Untrusted<StoryBundle['music']>, base: string): Map<string, string> {
  const music = new Map<string, string>();
  for (const cue of list(cues)) {
    const address = addressOf(cue?.audioPath, base);
    for (const id of list(cue?.sceneletIds)) {
      if (address !== null && !music.has(text(id))) music.set(text(id), address);
    }
  }
  return music;
}

function readScenelet(id: string, scenelet: Untrusted<BundleScenelet>): Scenelet {
  const shots = list(scenelet?.shots).map((shot) => ({
    imagePath: text(shot?.imagePath),
    audioPath: text(shot?.audioPath),
    alternativeText: text(shot?.alternativeText),
    captions: list(shot?.captions)
      .map(readCaption)
      .filter(({ line }) => line !== ''),
  }));
  // Without shots the description itself is shown, as a card.
  const description = text(scenelet?.description);
  const card = { imagePath: '', audioPath: '', alternativeText: description, captions: [] };
  return { id, description, shots: shots.length > 0 ? shots : [card], next: readNext(scenelet?.next) };
}

function readCaption(caption: Untrusted<BundleCaption>): Caption {
  return { speaker: text(caption?.speaker).trim(), line: text(caption?.line).trim() };
}

function readNext(next: Untrusted<BundleNext>): Next {
  if (next?.type === 'linear') return { type: 'linear', sceneletId: text(next.sceneletId) };
  if (next?.type === 'terminal') return { type: 'terminal' };
  const choices = list(next?.type === 'branch' ? next.choices : []).map((choice) => ({
    label: text(choice?.label),
    sceneletId: text(choice?.sceneletId),
  }));
  if (next?.type !== 'branch' || choices.length === 0) return { type: 'incomplete' };
  return { type: 'branch', prompt: text(next.choicePrompt), choices };
}

function readLanguage(tag: unknown): string {
  try {
    return Intl.getCanonicalLocales(text(tag))[0] ?? 'en';
  } catch {
    return 'en';
  }
}

/** A full address, or null for none and for what is no address. */
export function addressOf(path: unknown, base: string): string | null {
  try {
    return text(path) === '' ? null : new URL(text(path), base).href;
  } catch {
    return null;
  }
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

export function list<Item>(value: readonly Item[] | null | undefined): readonly Item[] {
  return Array.isArray(value) ? value : [];
}
