import { byId, clamp, element } from './dom.ts';
import { askRestart, back, backToChoice, choose, next, playOrPause } from './navigation.ts';
import { phase } from './place.ts';
import { step, toggleCaptions, toggleFullScreen, toggleMute } from './settings.ts';
import { isOpened, state, update } from './state.ts';

interface Shortcut {
  keys: readonly string[];
  /** Its keys as the help names them. */
  shown: readonly string[];
  does: string;
  run?: () => void;
  /** Whether it goes on while the key is held down. */
  repeats?: boolean;
}

const SHORTCUTS: readonly Shortcut[] = [
  { keys: [' ', 'Enter'], shown: ['Space', 'Enter'], does: 'Play or pause', run: playOrPause },
  { keys: ['ArrowRight'], shown: ['→'], does: 'Next shot', run: next },
  { keys: ['ArrowLeft'], shown: ['←'], does: 'Shot before', run: back },
  {
    keys: ['Shift+ArrowLeft', 'Backspace'],
    shown: ['⇧←', 'Backspace'],
    does: 'Back to the last choice',
    run: backToChoice,
  },
  { keys: [], shown: ['1', '…', '9'], does: 'Choose (Tab for more)' },
  { keys: ['ArrowUp'], shown: ['↑'], does: 'Louder; a choice up', run: step('volume', 0.1, 'Volume'), repeats: true },
  {
    keys: ['ArrowDown'],
    shown: ['↓'],
    does: 'Quieter; a choice down',
    run: step('volume', -0.1, 'Volume'),
    repeats: true,
  },
  { keys: ['m'], shown: ['M'], does: 'Mute', run: toggleMute },
  { keys: ['c'], shown: ['C'], does: 'Captions on or off', run: toggleCaptions },
  { keys: ['+', '='], shown: ['+'], does: 'Larger text', run: step('textSize', 1, 'Text size') },
  { keys: ['-'], shown: ['−'], does: 'Smaller text', run: step('textSize', -1, 'Text size') },
  { keys: ['>'], shown: ['>'], does: 'Faster', run: step('speed', 0.25, 'Speed') },
  { keys: ['<'], shown: ['<'], does: 'Slower', run: step('speed', -0.25, 'Speed') },
  { keys: ['f'], shown: ['F'], does: 'Full screen', run: toggleFullScreen },
  { keys: ['r'], shown: ['R'], does: 'Start over', run: askRestart },
  { keys: ['?'], shown: ['?'], does: 'These keys', run: () => update({ dialog: 'help-dialog' }) },
];

/** Lists the shortcuts in the help. */
export function fillKeys(): void {
  const rows = SHORTCUTS.map(({ shown, does }) => {
    const keys = element('dt', {}, ...shown.map((key) => element('kbd', { content: key })));
    return element('div', {}, keys, element('dd', { content: does }));
  });
  byId('key-list').append(...rows);
}

export function onKey(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (state.dialog !== null || !isOpened()) return;
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1] ?? /^[1-9]$/.exec(event.key)?.[0];
  if (digit !== undefined && phase() === 'branch' && !event.shiftKey) {
    if (!event.repeat) choose(Number(digit) - 1);
    return;
  }
  if (isForFocused(event)) return;
  const name = event.key.length === 1 ? event.key.toLowerCase() : `${event.shiftKey ? 'Shift+' : ''}${event.key}`;
  const shortcut = SHORTCUTS.find(({ keys }) => keys.includes(name));
  if (shortcut === undefined) return;
  event.preventDefault();
  if (!event.repeat || shortcut.repeats) shortcut.run?.();
}

/** Keys that the focused element answers itself. */
function isForFocused({ key, target }: KeyboardEvent): boolean {
  if (!(target instanceof Element)) return false;
  const isArrow = key.startsWith('Arrow');
  if (target.matches('input')) return isArrow || key === ' ';
  if (target.matches('button') && (key === ' ' || key === 'Enter')) return true;
  if (target.matches('#captions, #view')) return key === 'ArrowUp' || key === 'ArrowDown';
  return phase() === 'branch' && moveAmongChoices(key);
}

function moveAmongChoices(key: string): boolean {
  const by = key === 'ArrowDown' ? 1 : key === 'ArrowUp' ? -1 : 0;
  if (by === 0) return false;
  const buttons = [...byId('choices').querySelectorAll('button')];
  const from = buttons.findIndex((button) => button.matches(':focus'));
  const first = by > 0 ? 0 : buttons.length - 1;
  buttons[from < 0 ? first : clamp(from + by, 0, buttons.length - 1)]?.focus();
  return true;
}
