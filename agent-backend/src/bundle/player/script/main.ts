import { renderControls, renderProgress } from './controls.ts';
import { byId, moveFocus, player, showNotice } from './dom.ts';
import { onTitle } from './host.ts';
import { listen } from './input.ts';
import { recall } from './memory.ts';
import { fadeMusic } from './music.ts';
import { enter, next } from './navigation.ts';
import { stageShot } from './picture.ts';
import { isRunning } from './place.ts';
import { renderScreens } from './screens.ts';
import { fillKeys } from './shortcuts.ts';
import { passTime, syncVoice } from './speech.ts';
import { isOpened, onUpdate, state, update } from './state.ts';
import { loadBundle, readStory } from './story.ts';

/** Milliseconds. */
const TICK = 100;
/** As much as passes at one tick, however late it comes. */
const LONGEST_TICK = 1000;

let tickedAt = performance.now();

/** The one clock: everything that passes with time does so here, and stands still while the story does. */
function tick(): void {
  const now = performance.now();
  const passed = Math.min(now - tickedAt, LONGEST_TICK);
  tickedAt = now;
  if (isRunning() && passTime(passed)) next();
  fadeMusic();
  renderProgress();
}

function render(): void {
  renderScreens();
  renderControls();
  syncVoice();
}

/** Opens the story: at its title, or at the scenelet that the fragment names. */
async function openStory(): Promise<void> {
  const fragment = new URLSearchParams(location.hash.slice(1));
  const start = fragment.get('start');
  state.story = readStory(await loadBundle(fragment.get('bundle')));
  nameDocument();
  recall();
  if (start === null) return showTitle();
  if (!state.story.scenelets.has(start)) {
    showNotice('That place is not in this story, which starts from the beginning instead');
    return showTitle();
  }
  state.preview = true;
  return enter([start], 0);
}

/** The title that the page around the player gives; null while it gives none. */
let titleGiven: string | null = null;

function nameDocument(): void {
  const { language } = state.story;
  const title = titleGiven ?? state.story.title;
  document.title = title;
  document.documentElement.lang = language;
  byId('title').textContent = byId('playing-title').textContent = title;
  byId('title').classList.toggle('long', title.length > 60);
}

async function showTitle(): Promise<void> {
  const { scenelets, root } = state.story;
  const shots = scenelets.get(root)?.shots ?? [];
  const opening = shots.find(({ imagePath }) => imagePath !== '') ?? shots[0];
  update({ screen: 'title' });
  moveFocus(player);
  if (opening !== undefined) await stageShot({ ...opening, alternativeText: '' }, root);
}

onUpdate(render);
fillKeys();
listen();
onTitle((title) => {
  titleGiven = title;
  if (isOpened()) nameDocument();
});
setInterval(tick, TICK);
openStory().catch((error) => update({ screen: 'message', message: error.message }));
