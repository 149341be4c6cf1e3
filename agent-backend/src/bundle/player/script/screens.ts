import { byId, element, player, rebuild } from './dom.ts';
import { here, isRunning, lastChoiceAt, phase, shotHere } from './place.ts';
import { state, TEXT_SCALES } from './state.ts';
import type { Choice, Phase, Shot } from './types.ts';

/** Captions of more characters than this are set smaller, on a ground of their own. */
const LONG_TEXT = 260;

/** More endings than this are only counted, not drawn. */
const MOST_PIPS = 12;

/** Shows the screen that it is the time for, with what is on it. */
export function renderScreens(): void {
  const now = phase();
  player.dataset.screen = state.screen;
  player.dataset.phase = now;
  player.classList.toggle('paused', now === 'shot' && !isRunning());
  document.documentElement.style.setProperty('--text-scale', String(TEXT_SCALES[state.settings.textSize] ?? 1));
  for (const screen of ['message', 'title', 'play']) byId(`${screen}-screen`).hidden = state.screen !== screen;
  byId('message').textContent = state.message;
  if (state.screen === 'title') renderTitle();
  if (state.screen !== 'play') return;
  renderCaptions(now);
  renderChoices();
  renderClosing(now);
}

function renderTitle(): void {
  const { story, saved, endings } = state;
  byId('continue').hidden = saved === null;
  byId('begin').textContent = saved ? 'Start from the beginning' : 'Begin';
  byId('begin').classList.toggle('first', saved === null);
  byId('title-tally').hidden = story.endings.length === 0;
  rebuild(byId('title-tally'), endings.size, () => [
    ...pips(),
    element('span', { content: `Endings found: ${endings.size} of ${story.endings.length}` }),
  ]);
}

/** A dot for each ending, filled for those that were found. */
function pips(): Element[] {
  const { story, endings } = state;
  if (story.endings.length > MOST_PIPS) return [];
  const dots = story.endings.map((_, index) => element('i', { className: index < endings.size ? 'pip found' : 'pip' }));
  return [element('span', { className: 'pips' }, ...dots)];
}

/** The captions are a live region also while they are switched off; a silent picture is told by its alternative text. */
function renderCaptions(now: Phase): void {
  const box = byId('captions');
  const shot = shotHere();
  const begun = now === 'shot' && state.mode !== 'waiting';
  box.classList.toggle('unseen', !state.settings.captions);
  rebuild(box, begun ? `${state.visit}` : '', () => (begun && shot ? captionLines(shot) : []));
  box.classList.toggle('long', box.textContent.length > LONG_TEXT);
  const overflows = box.scrollHeight > box.clientHeight + 2 && state.settings.captions;
  if (overflows) box.tabIndex = 0;
  else box.removeAttribute('tabindex');
}

function captionLines({ captions, alternativeText }: Shot): Element[] {
  byId('captions').scrollTop = 0;
  if (captions.length === 0) return [element('span', { className: 'unseen', content: alternativeText, auto: true })];
  return captions.map(({ speaker, line }) => {
    const name = speaker ? [element('b', { className: 'speaker', content: speaker, auto: true })] : [];
    return element('p', {}, ...name, element('span', { className: 'line', content: line, auto: true }));
  });
}

function renderChoices(): void {
  const branch = here().next;
  const isShown = phase() === 'branch';
  byId('choice-panel').hidden = !isShown;
  if (!isShown || branch.type !== 'branch') return;
  byId('choice-prompt').textContent = branch.prompt || 'What happens next?';
  rebuild(byId('choices'), branch, () => branch.choices.map(choiceItem));
}

function choiceItem({ label }: Choice, index: number): Element {
  const button = element('button', { className: 'choice' });
  const key = element('span', { className: 'key', content: index < 9 ? `${index + 1}` : '·' });
  key.setAttribute('aria-hidden', 'true');
  button.type = 'button';
  button.append(key, element('span', { className: 'label', content: label || `Choice ${index + 1}`, auto: true }));
  return element('li', {}, button);
}

function renderClosing(now: Phase): void {
  const isEnding = now === 'terminal';
  const { story, endings } = state;
  byId('closing-panel').hidden = !isEnding && now !== 'incomplete';
  byId('closing-heading').textContent = isEnding ? 'The end' : 'To be continued';
  byId('closing-text').textContent = isEnding
    ? `Ending ${endings.size} of ${story.endings.length} found`
    : 'This path of the story has not been made yet.';
  rebuild(byId('closing-tally'), `${now} ${endings.size}`, () => (isEnding ? pips() : []));
  byId('start-over').hidden = !isEnding;
  byId('choose-again').hidden = lastChoiceAt() < 0;
  byId('choose-again').classList.toggle('first', !isEnding);
}

/** What takes the focus when a phase begins. */
export function focusTarget(now: Phase): HTMLElement {
  if (now === 'branch') return byId('choice-panel');
  return now === 'terminal' || now === 'incomplete' ? byId('closing-panel') : player;
}
