import { player } from './dom.ts';
import { speeches } from './media.ts';
import { isRunning, phase, shotHere } from './place.ts';
import { state, update } from './state.ts';
import { addressOf } from './story.ts';
import type { Shot } from './types.ts';

// Times in milliseconds.
/** How long speech may stand still before the shot goes on without it. */
const STALL_PATIENCE = 6000;
const SHORTEST_SHOT = 1500;
const REST_AFTER_SPEECH = 450;
const READING = { base: 1200, perCharacter: 60, least: 3500, mostForPicture: 8000 };

/** A character of these scripts takes as long to read as two of others. */
const DENSE = /[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/g;

const voice = new Audio();
voice.preload = 'auto';
voice.addEventListener('ended', () => {
  if (state.mode === 'voice') wait('rest', Math.max(REST_AFTER_SPEECH, SHORTEST_SHOT - (voice.duration || 0) * 1000));
});
voice.addEventListener('error', () => goOnWithoutVoice());
voice.addEventListener('pause', () => {
  // Not our doing: a call came in, or headphones were pulled.
  if (state.mode === 'voice' && isRunning() && voice.paused && !voice.ended) update({ paused: true });
});

export const isSpeaking = () => state.mode === 'voice' && !voice.paused;

/** Whether what is said in this shot is spoken aloud, or was just now. */
export function isHeard(): boolean {
  const { mode, settings } = state;
  return (mode === 'voice' || mode === 'rest') && !settings.muted && settings.volume > 0;
}

/** Says what is said in a shot; a silent one is held for as long as it takes to read. */
export function speak(shot: Shot): void {
  const address = addressOf(shot.audioPath, state.story.base);
  if (address === null) {
    wait('hold', readingTime(shot));
    return;
  }
  Object.assign(state, { mode: 'voice', voiceAt: 0, stalledFor: 0 });
  voice.src = speeches.get(address).blobAddress ?? address;
  syncVoice();
}

/** Speech that is missing, broken or stuck: the shot is held as a silent one. */
function goOnWithoutVoice(): void {
  const shot = shotHere();
  if (state.mode !== 'voice' || phase() !== 'shot' || !shot) return;
  wait('hold', readingTime(shot));
  update();
}

function wait(mode: 'hold' | 'rest', time: number): void {
  Object.assign(state, { mode, remaining: time, total: time });
  syncVoice();
}

function readingTime(shot: Shot): number {
  const spoken = shot.captions.map(({ speaker, line }) => `${speaker} ${line}`).join(' ');
  const words = spoken || shot.alternativeText;
  const dense = words.match(DENSE)?.length ?? 0;
  const needed = Math.max(READING.least, READING.base + (words.length + dense) * READING.perCharacter);
  const isOnlyPicture = spoken === '' && player.dataset.bare === 'false';
  return isOnlyPicture ? Math.min(needed, READING.mostForPicture) : needed;
}

/** Lets the voice follow the state: its volume and speed, and whether it speaks now. */
export function syncVoice(): void {
  const { volume, muted, speed } = state.settings;
  Object.assign(voice, { volume, muted, playbackRate: speed });
  const isWanted = state.mode === 'voice' && isRunning() && !voice.ended && !voice.error;
  if (!isWanted) voice.pause();
  else if (voice.paused) startVoice();
}

function startVoice(): void {
  const { visit } = state;
  voice.play().catch((error) => {
    if (visit !== state.visit || error.name === 'AbortError') return;
    if (error.name === 'NotAllowedError') update({ blocked: true });
    else goOnWithoutVoice();
  });
}

/** To be called within a gesture: frees the voice on browsers that want one for each element that sounds. */
export function freeVoice(): void {
  if (!voice.src) voice.load();
}

/**
 * Lets time pass for the shot.
 * @returns whether it is over
 */
export function passTime(milliseconds: number): boolean {
  if (state.mode === 'voice') {
    const standsStill = voice.currentTime === state.voiceAt;
    state.stalledFor = standsStill ? state.stalledFor + milliseconds : 0;
    state.voiceAt = voice.currentTime;
    if (state.stalledFor > STALL_PATIENCE) goOnWithoutVoice();
    return false;
  }
  if (state.mode === 'waiting') return false;
  state.remaining -= milliseconds * state.settings.speed;
  return state.remaining <= 0;
}

/** How much of the shot is over, from 0 to 1. */
export function shareOfShot(): number {
  if (state.mode === 'voice') return voice.duration > 0 ? voice.currentTime / voice.duration : 0;
  if (state.mode === 'hold') return 1 - state.remaining / state.total;
  return state.mode === 'rest' ? 1 : 0;
}
