import { showNotice } from './dom.ts';
import { remember } from './memory.ts';
import { describeSetting, setSetting, state, update } from './state.ts';
import type { Level, Settings, Switch } from './types.ts';

export function changeSetting(name: keyof Settings, value: number | boolean): void {
  setSetting(name, value);
  if (name === 'muted' || name === 'volume') state.blocked = false;
  remember();
  update();
}

/** What changes a level by one step and says what it is now. */
export function step(name: Level, by: number, label: string): () => void {
  return () => {
    changeSetting(name, Math.round((state.settings[name] + by) * 100) / 100);
    showNotice(`${label} ${describeSetting(name)}`);
  };
}

function toggle(name: Switch, label: string): void {
  changeSetting(name, !state.settings[name]);
  showNotice(`${label} ${describeSetting(name)}`);
}

export const toggleMute = () => toggle('muted', 'Mute');
export const toggleCaptions = () => toggle('captions', 'Captions');

export function toggleFullScreen(): void {
  const change = document.fullscreenElement
    ? document.exitFullscreen()
    : document.documentElement.requestFullscreen?.();
  change?.catch(() => showNotice('Full screen is not available here'));
}
