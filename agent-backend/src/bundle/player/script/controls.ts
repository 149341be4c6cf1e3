import { byId, clamp, player, rebuild } from './dom.ts';
import { here, isRunning, lastChoiceAt, phase } from './place.ts';
import { shareOfShot } from './speech.ts';
import { describeSetting, SETTING_NAMES, state } from './state.ts';
import type { Settings } from './types.ts';

const SVG = 'http://www.w3.org/2000/svg';

/** Everything that shows and changes a setting, with the name of that. */
export function settingInputs(): [input: HTMLInputElement, name: keyof Settings][] {
  return SETTING_NAMES.flatMap((name) =>
    [...document.querySelectorAll<HTMLInputElement>(`[data-setting=${name}]`)].map(
      (input): [HTMLInputElement, keyof Settings] => [input, name],
    ),
  );
}

/** Shows the bar of controls, the settings and the dialogs as they are now. */
export function renderControls(): void {
  if (state.screen === 'play') renderBar();
  renderIdle();
  renderSettings();
  renderDialogs();
}

function renderBar(): void {
  const { settings, paused, blocked } = state;
  const isShot = phase() === 'shot';
  const isStopped = paused || blocked;
  byId('tap').hidden = !blocked;
  renderTool('last-choice', 'choice', 'Back to the last choice', { enabled: lastChoiceAt() >= 0 });
  renderTool('back', 'back', 'Shot before');
  renderTool('pause', isStopped ? 'play' : 'pause', isStopped ? 'Play' : 'Pause', { enabled: isShot });
  renderTool('next', 'next', 'Next shot', { enabled: isShot });
  const isSilent = settings.muted || settings.volume === 0;
  renderTool('mute', isSilent ? 'muted' : 'sound', 'Mute', { pressed: settings.muted });
  renderTool('caption-switch', 'captions', 'Captions', { pressed: settings.captions });
  renderTool('settings', 'settings', 'Settings');
  renderTool('help', 'help', 'Keys');
  renderTool('full-screen', 'full', 'Full screen');
  byId('full-screen').hidden = !document.fullscreenEnabled;
}

function renderTool(id: string, icon: string, label: string, { enabled = true, pressed }: ToolState = {}): void {
  const button = byId(id);
  button.toggleAttribute('disabled', !enabled);
  button.title = label;
  button.setAttribute('aria-label', label);
  if (pressed !== undefined) button.setAttribute('aria-pressed', String(pressed));
  rebuild(button, icon, () => [iconOf(icon)]);
}

interface ToolState {
  enabled?: boolean;
  /** Of a switch. */
  pressed?: boolean;
}

function iconOf(name: string): Element {
  const icon = document.createElementNS(SVG, 'svg');
  const use = icon.appendChild(document.createElementNS(SVG, 'use'));
  icon.setAttribute('class', 'icon');
  icon.setAttribute('aria-hidden', 'true');
  use.setAttribute('href', `#i-${name}`);
  return icon;
}

/** Shows how far the scenelet has come, and scrolls long captions along. To be called at every tick. */
export function renderProgress(): void {
  if (phase() === '') return;
  const { shots } = here();
  const share = shots.length === 0 ? 1 : (state.beat + shareOfShot()) / shots.length;
  byId('progress-made').style.transform = `scaleX(${clamp(share, 0, 1)})`;
  if (!isRunning() || state.captionsScrolled) return;
  const box = byId('captions');
  box.scrollTop = (box.scrollHeight - box.clientHeight) * (shareOfShot() * 1.2 - 0.1);
}

/** Hides or shows the controls, which rest while a shot runs and nobody is about. */
export function renderIdle(): void {
  player.dataset.idle = String(state.idle && isRunning());
}

function renderSettings(): void {
  byId('music-field').hidden = state.story.music.size === 0;
  byId('ask-restart').hidden = state.screen !== 'play' || phase() === 'incomplete';
  for (const [input, name] of settingInputs()) {
    const value = state.settings[name];
    if (typeof value === 'boolean') input.checked = value;
    else input.value = String(value);
    const output = input.nextElementSibling;
    if (output?.tagName === 'OUTPUT') output.textContent = describeSetting(name);
  }
}

function renderDialogs(): void {
  for (const dialog of document.querySelectorAll('dialog')) {
    const isWanted = dialog.id === state.dialog;
    if (isWanted && !dialog.open) dialog.showModal();
    if (!isWanted && dialog.open) dialog.close();
  }
}
