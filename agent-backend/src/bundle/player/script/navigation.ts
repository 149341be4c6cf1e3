import { moveFocus } from './dom.ts';
import { preload } from './media.ts';
import { noteArrival } from './memory.ts';
import { stageShot } from './picture.ts';
import { here, lastChoiceAt, phase, sceneletOf, shotHere } from './place.ts';
import { focusTarget } from './screens.ts';
import { freeVoice, speak } from './speech.ts';
import { state, update } from './state.ts';

const LONGEST_TRAIL = 5000;

/** Goes to a beat of the last scenelet of the trail: every way through the story ends here. */
export async function enter(trail: readonly string[], beat: number): Promise<void> {
  const before = phase();
  const visit = state.visit + 1;
  const id = trail.at(-1) ?? '';
  update({
    screen: 'play',
    trail: trail.slice(-LONGEST_TRAIL),
    beat: Math.min(beat, sceneletOf(id).shots.length),
    visit,
    mode: 'waiting',
    blocked: false,
    captionsScrolled: false,
    dialog: null,
  });
  noteArrival();
  update();
  if (before !== 'shot' || phase() !== 'shot') moveFocus(focusTarget(phase()));
  preload();
  const shot = shotHere() ?? here().shots.at(-1);
  if (shot !== undefined) await stageShot(shot, id);
  if (shot === undefined || visit !== state.visit || phase() !== 'shot') return;
  speak(shot);
  update();
}

/** As {@link enter}, for those who have nothing to do afterwards. */
function goTo(trail: readonly string[], beat: number): void {
  void enter(trail, beat);
}

export function next(): void {
  const { trail, beat } = state;
  if (phase() !== 'shot') return;
  const { shots, next: following } = here();
  if (beat + 1 === shots.length && following.type === 'linear') goTo([...trail, following.sceneletId], 0);
  else goTo(trail, beat + 1);
}

export function back(): void {
  const { screen, trail, beat } = state;
  if (screen !== 'play') return;
  if (beat > 0) goTo(trail, beat - 1);
  else if (trail.length > 1) enterFromBehind(trail.slice(0, -1));
  else goTo(trail, 0);
}

/** An earlier scenelet is met at its choices, or else at its last shot. */
function enterFromBehind(trail: readonly string[]): void {
  const { shots, next: following } = sceneletOf(trail.at(-1));
  goTo(trail, shots.length - (following.type === 'branch' ? 0 : 1));
}

export function backToChoice(): void {
  const index = state.screen === 'play' ? lastChoiceAt() : -1;
  if (index >= 0) enterFromBehind(state.trail.slice(0, index + 1));
}

export function choose(index: number): void {
  const { next: following } = here();
  const choice = phase() === 'branch' && following.type === 'branch' ? following.choices[index] : undefined;
  if (choice !== undefined) play([...state.trail, choice.sceneletId], 0);
}

/** Playing that a gesture asked for. */
function play(trail: readonly string[], beat: number): void {
  freeVoice();
  state.paused = false;
  goTo(trail, beat);
}

export function begin(): void {
  play([state.story.root], 0);
}

export function resume(): void {
  if (state.saved !== null) play(state.saved.trail, state.saved.beat);
}

export function askRestart(): void {
  if (phase() === 'terminal') begin();
  else if (state.screen === 'play' && phase() !== 'incomplete') update({ dialog: 'restart-dialog' });
}

export function playOrPause(): void {
  if (state.screen !== 'title') togglePause();
  else if (state.saved !== null) resume();
  else begin();
}

export function togglePause(): void {
  if (phase() !== 'shot') return;
  if (state.blocked) update({ blocked: false });
  else update({ paused: !state.paused });
}
