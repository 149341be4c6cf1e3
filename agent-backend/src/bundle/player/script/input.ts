import { renderIdle, settingInputs } from './controls.ts';
import { byId, player } from './dom.ts';
import { back, backToChoice, begin, choose, next, resume, togglePause } from './navigation.ts';
import { phase } from './place.ts';
import { changeSetting, toggleCaptions, toggleFullScreen, toggleMute } from './settings.ts';
import { onKey } from './shortcuts.ts';
import { state, update } from './state.ts';
import type { DialogId } from './types.ts';

/** Milliseconds. */
const HIDE_CONTROLS_AFTER = 2800;

const open = (dialog: DialogId) => () => update({ dialog });

const CLICKS: Readonly<Record<string, () => void>> = {
  begin,
  continue: resume,
  'start-over': begin,
  'choose-again': backToChoice,
  restart: begin,
  tap: togglePause,
  'last-choice': backToChoice,
  back,
  next,
  pause: togglePause,
  mute: toggleMute,
  'caption-switch': toggleCaptions,
  'full-screen': toggleFullScreen,
  settings: open('settings-dialog'),
  help: open('help-dialog'),
  'show-keys': open('help-dialog'),
  'ask-restart': open('restart-dialog'),
};

/** Has everything answer that can be clicked, touched, typed or moved. */
export function listen(): void {
  for (const [id, run] of Object.entries(CLICKS)) byId(id).addEventListener('click', () => run());
  byId('choices').addEventListener('click', onChoiceClick);
  byId('controls').addEventListener('click', giveKeysBack);
  for (const [input, name] of settingInputs()) {
    const value = () => (input.type === 'checkbox' ? input.checked : Number(input.value));
    input.addEventListener('input', () => changeSetting(name, value()));
  }
  for (const dialog of document.querySelectorAll('dialog')) listenToDialog(dialog);
  for (const kind of ['wheel', 'touchmove', 'keydown', 'pointerdown']) {
    byId('captions').addEventListener(kind, noteScrolling, { passive: true });
  }
  document.addEventListener('keydown', (event) => {
    wake();
    onKey(event);
  });
  document.addEventListener('pointerdown', onPointerDown, true);
  document.addEventListener('pointermove', (event) => {
    if (event.pointerType === 'mouse') wake();
  });
  document.addEventListener('focusin', wake);
  document.addEventListener('click', swallowWakingTouch, true);
  player.addEventListener('click', onStageClick);
  document.addEventListener('visibilitychange', () => update({ away: document.hidden }));
  addEventListener('resize', () => update());
  addEventListener('hashchange', () => location.reload());
}

const targetOf = (event: Event) => (event.target instanceof Element ? event.target : player);

function onChoiceClick(event: MouseEvent): void {
  choose([...byId('choices').querySelectorAll('.choice')].findIndex((choice) => choice.contains(targetOf(event))));
}

/** After a click on a control the keys belong to the story again. */
function giveKeysBack(event: MouseEvent): void {
  if (event.detail > 0 && state.dialog === null) player.focus();
}

function listenToDialog(dialog: HTMLDialogElement): void {
  dialog.addEventListener('cancel', () => update({ dialog: null }));
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog || targetOf(event).closest('[data-close]')) update({ dialog: null });
  });
}

function noteScrolling(): void {
  state.captionsScrolled = true;
}

let idleTimer = 0;

/** Somebody is about: the controls are there for a while. */
function wake(): void {
  clearTimeout(idleTimer);
  state.idle = false;
  renderIdle();
  idleTimer = setTimeout(() => {
    state.idle = true;
    renderIdle();
  }, HIDE_CONTROLS_AFTER);
}

/** On the picture a click pauses; a touch only takes the controls away. */
function onStageClick(event: MouseEvent): void {
  if (targetOf(event).closest('button, input, #captions, .panel, #controls') || phase() !== 'shot') return;
  if (event instanceof PointerEvent && event.pointerType === 'mouse') togglePause();
  else update({ idle: true });
}

/** A touch that brings the controls back does nothing else, wherever it lands. */
let wokenByTouch = false;

function onPointerDown(event: PointerEvent): void {
  wokenByTouch = event.pointerType !== 'mouse' && player.dataset.idle === 'true';
  wake();
}

function swallowWakingTouch(event: MouseEvent): void {
  if (wokenByTouch) event.stopPropagation();
  wokenByTouch = false;
}
