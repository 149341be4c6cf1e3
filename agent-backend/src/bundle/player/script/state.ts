import { clamp } from './dom.ts';
import type { Level, Settings, State, Story } from './types.ts';

const percent = (value: number) => `${Math.round(value * 100)}%`;

export const TEXT_SCALES = [0.82, 1, 1.22, 1.5, 1.85] as const;

interface LevelRule {
  min: number;
  max: number;
  /** The level in words. */
  show(value: number): string;
}

const LEVELS: Readonly<Record<Level, LevelRule>> = {
  speed: { min: 0.5, max: 4, show: (value) => `${value}×` },
  textSize: { min: 0, max: TEXT_SCALES.length - 1, show: (value) => percent(TEXT_SCALES[value] ?? 1) },
  volume: { min: 0, max: 1, show: percent },
  musicVolume: { min: 0, max: 1, show: (value) => (value === 0 ? 'Off' : percent(value)) },
};

const FIRST_SETTINGS: Settings = {
  speed: 1,
  textSize: 1,
  volume: 1,
  musicVolume: 0.6,
  captions: true,
  muted: false,
};

const NO_STORY: Story = {
  id: '',
  title: '',
  language: 'en',
  base: '',
  root: '',
  scenelets: new Map(),
  music: new Map(),
  endings: [],
};

/** All that changes. */
export const state: State = {
  screen: 'message',
  message: '',
  story: NO_STORY,
  preview: false,
  saved: null,
  trail: [],
  beat: 0,
  visit: 0,
  mode: 'waiting',
  remaining: 0,
  total: 0,
  voiceAt: 0,
  stalledFor: 0,
  captionsScrolled: false,
  paused: false,
  blocked: false,
  away: document.hidden,
  idle: false,
  dialog: null,
  endings: new Set(),
  settings: { ...FIRST_SETTINGS },
};

export const isOpened = () => state.story !== NO_STORY;

let show = () => {};

/** Has `listener` called after every change. */
export function onUpdate(listener: () => void): void {
  show = listener;
}

/** Makes changes and has them shown. */
export function update(changes: Partial<State> = {}): void {
  Object.assign(state, changes);
  show();
}

export const SETTING_NAMES = ['speed', 'textSize', 'volume', 'musicVolume', 'captions', 'muted'] as const;

/** A setting as it is now, in words. */
export function describeSetting(name: keyof Settings): string {
  const { settings } = state;
  if (name === 'captions' || name === 'muted') return settings[name] ? 'on' : 'off';
  return LEVELS[name].show(settings[name]);
}

/** Takes over a setting, within what it may be; values of another kind are left out. */
export function setSetting(name: keyof Settings, value: unknown): void {
  const { settings } = state;
  if (name === 'captions' || name === 'muted') {
    if (typeof value === 'boolean') settings[name] = value;
  } else if (typeof value === 'number') {
    settings[name] = clamp(value, LEVELS[name].min, LEVELS[name].max);
  }
}
