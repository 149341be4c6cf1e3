import { upcomingShots } from './place.ts';
import { state } from './state.ts';
import { addressOf } from './story.ts';

const CACHED_FILES = 64;

interface Cache<Entry> {
  get(address: string): Entry;
  drop(address: string): void;
}

/** A bounded cache: the longest unused entry goes first. */
function boundedCache<Entry>(load: (address: string) => Entry, release: (entry: Entry) => void): Cache<Entry> {
  const entries = new Map<string, Entry>();
  const drop = (address: string) => {
    const entry = entries.get(address);
    entries.delete(address);
    if (entry !== undefined) release(entry);
  };
  const get = (address: string) => {
    const entry = entries.get(address) ?? load(address);
    entries.delete(address);
    entries.set(address, entry);
    const [oldest] = entries.keys();
    if (entries.size > CACHED_FILES && oldest !== undefined) drop(oldest);
    return entry;
  };
  return { get, drop };
}

interface LoadedPicture {
  image: HTMLImageElement;
  /** Whether it can be shown. */
  ready: Promise<boolean>;
}

export const pictures = boundedCache(loadPicture, () => {});

function loadPicture(address: string): LoadedPicture {
  const image = new Image();
  image.src = address;
  const ready = image.decode().then(
    () => true,
    () => image.complete && image.naturalWidth > 0,
  );
  return { image, ready };
}

interface LoadedSpeech {
  /** Where the file lies in memory, once it has been fetched. */
  blobAddress: string | null;
  dropped: boolean;
}

/**
 * One audio element speaks everything, since some browsers let only an element that a gesture started play on. Over
 * HTTP its next files are fetched ahead; from a disk they are near anyway, and may not be fetched.
 */
export const speeches = boundedCache(loadSpeech, (entry) => {
  entry.dropped = true;
  if (entry.blobAddress !== null) URL.revokeObjectURL(entry.blobAddress);
});

function loadSpeech(address: string): LoadedSpeech {
  const entry: LoadedSpeech = { blobAddress: null, dropped: false };
  if (address.startsWith('http')) fetchSpeech(address, entry).catch(() => {});
  return entry;
}

async function fetchSpeech(address: string, entry: LoadedSpeech): Promise<void> {
  const response = await fetch(address);
  const blob = response.ok ? await response.blob() : null;
  if (blob !== null && !entry.dropped) entry.blobAddress = URL.createObjectURL(blob);
}

/** Loads what the next shots show and say. */
export function preload(): void {
  for (const shot of upcomingShots()) {
    const picture = addressOf(shot.imagePath, state.story.base);
    const speech = addressOf(shot.audioPath, state.story.base);
    if (picture !== null) pictures.get(picture);
    if (speech !== null) speeches.get(speech);
  }
}
