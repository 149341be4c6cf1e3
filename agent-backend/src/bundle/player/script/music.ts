import { clamp } from './dom.ts';
import { isSpeaking } from './speech.ts';
import { state } from './state.ts';

/** How much a volume may change at a tick. */
const FADE_STEP = 0.05;

/** What is left of the music's volume under speech. */
const DUCKED_TO = 0.3;

const tracks = new Map<string, HTMLAudioElement>();

/** Music stays beneath the story, quieter under speech, one cue fading into the next. To be called at every tick. */
export function fadeMusic(): void {
  if (state.story.music.size === 0) return;
  const cue = cueHere();
  if (cue !== null && !tracks.has(cue)) tracks.set(cue, trackOf(cue));
  for (const [address, track] of tracks) {
    const target = address === cue ? volumeNow() : 0;
    track.volume = clamp(target, track.volume - FADE_STEP, track.volume + FADE_STEP);
    if (target > 0 && track.paused && !track.error) track.play().catch(() => {});
    if (target === 0 && track.volume === 0) track.pause();
    if (address !== cue && track.volume === 0) tracks.delete(address);
  }
}

function cueHere(): string | null {
  const id = state.screen === 'play' ? state.trail.at(-1) : undefined;
  return state.story.music.get(id ?? '') ?? null;
}

function trackOf(address: string): HTMLAudioElement {
  return Object.assign(new Audio(address), { loop: true, volume: 0 });
}

function volumeNow(): number {
  const { paused, blocked, away, dialog, settings } = state;
  const isStill = paused || blocked || away || dialog === 'restart-dialog';
  if (isStill || settings.muted) return 0;
  return settings.volume * settings.musicVolume * (isSpeaking() ? DUCKED_TO : 1);
}
