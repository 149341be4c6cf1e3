import { byId, element, player, rebuild } from './dom.ts';
import { here, isRunning, lastChoiceAt, phase, shotHere } from './place.ts';
import { isHeard } from './speech.ts';
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
  renderAnnouncement(now);
  letKeysScroll(byId('view'));
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

/** The shot that is shown, once it has begun. */
function begunShot(now: Phase): Shot | undefined {
  return now === 'shot' && state.mode !== 'waiting' ? shotHere() : undefined;
}

function renderCaptions(now: Phase): void {
  const box = byId('captions');
  const shot = begunShot(now);
  box.hidden = !state.settings.captions || !shot || shot.captions.length === 0;
  rebuild(box, shot && state.visit, () => (shot ? captionLines(shot) : []));
  box.classList.toggle('long', box.textContent.length > LONG_TEXT);
  letKeysScroll(box);
}

/**
 * Has a screen reader read the captions that nobody speaks aloud: it would talk over a voice that does. A silent shot
 * without any is told by its alternative text. Whoever switches captions off hears none.
 */
function renderAnnouncement(now: Phase): void {
  const shot = begunShot(now);
  const isTold = shot !== undefined && state.settings.captions && !isHeard();
  rebuild(byId('announcement'), isTold && state.visit, () =>
    isTold ? [element('span', { content: inWords(shot) })] : [],
  );
}

function inWords({ captions, alternativeText }: Shot): string {
  if (captions.length === 0) return alternativeText;
  return captions.map(({ speaker, line }) => (speaker ? `${speaker}: ${line}` : line)).join(' ');
}

/** What is higher than its row can be scrolled by the keyboard, too. */
function letKeysScroll(box: HTMLElement): void {
  if (box.scrollHeight > box.clientHeight + 2) box.tabIndex = 0;
  else box.removeAttribute('tabindex');
}

function captionLines({ captions }: Shot): Element[] {
  byId('captions').scrollTop = 0;
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
