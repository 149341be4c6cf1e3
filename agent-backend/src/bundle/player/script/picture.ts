import { byId, element, player } from './dom.ts';
import { pictures } from './media.ts';
import { state } from './state.ts';
import { addressOf } from './story.ts';
import type { Shot } from './types.ts';

/** How long a shot waits for its picture before it begins without, in milliseconds. */
const IMAGE_PATIENCE = 2000;

/** Longer than one picture takes to appear over another. */
const FADED_AFTER = 1000;

/** How a picture moves while it is shown; each takes the next of these. */
const DRIFTS = [
  { '--zoom-from': '1.02', '--zoom-to': '1.12', '--pan-x': '0.8%', '--pan-y': '-0.6%' },
  { '--zoom-from': '1.12', '--zoom-to': '1.04', '--pan-x': '-0.9%', '--pan-y': '0.4%' },
  { '--zoom-from': '1.08', '--zoom-to': '1.08', '--pan-x': '1.7%', '--pan-y': '0%' },
  { '--zoom-from': '1.04', '--zoom-to': '1.13', '--pan-x': '-0.7%', '--pan-y': '-0.8%' },
];

const stage = byId('stage');
let staged: Shot | null = null;
let drifts = 0;

/**
 * Shows a shot's picture once it is ready; resolves as soon as the shot can begin.
 * @param key decides the colour of the card that stands in for a missing picture
 */
export async function stageShot(shot: Shot, key: string): Promise<void> {
  if (staged === shot) return;
  staged = shot;
  const address = addressOf(shot.imagePath, state.story.base);
  if (address === null) {
    putPicture(shot, null, key);
    return;
  }
  const { ready, image } = pictures.get(address);
  const show = (isGood: boolean) => {
    if (staged === shot) putPicture(shot, isGood ? image : null, key);
  };
  const isGood = await Promise.race([ready, patience()]);
  show(isGood === true);
  if (isGood === undefined) void ready.then((isLate) => isLate && show(true));
  if (isGood === false) pictures.drop(address); // so that a later visit asks again
}

function patience(): Promise<undefined> {
  return new Promise((resolve) => setTimeout(() => resolve(undefined), IMAGE_PATIENCE));
}

function putPicture(shot: Shot, image: HTMLImageElement | null, key: string): void {
  const frame = element('div', { className: 'frame' });
  const next = element('div', { className: 'picture' }, frame);
  if (image) fillPicture(next, frame, image, shot);
  else fillCard(next, frame, key);
  byId('description').textContent = image ? '' : shot.alternativeText;
  byId('description').hidden = image !== null || shot.alternativeText === '';
  for (const old of stage.children) old.setAttribute('aria-hidden', 'true');
  stage.append(next);
  player.dataset.bare = String(!image);
  setTimeout(() => {
    while (next.parentNode && next.previousSibling) next.previousSibling.remove();
  }, FADED_AFTER);
}

function fillPicture(picture: Element, frame: Element, image: HTMLImageElement, shot: Shot): void {
  const halo = element('img', { className: 'halo' });
  const keyFrame = element('img', { className: 'key-frame' });
  halo.alt = '';
  keyFrame.alt = shot.alternativeText;
  keyFrame.draggable = false;
  halo.src = keyFrame.src = image.src;
  picture.classList.toggle('tall', image.naturalWidth < image.naturalHeight * 1.25);
  const drift: Readonly<Record<string, string>> = DRIFTS[drifts % DRIFTS.length] ?? {};
  drifts += 1;
  for (const [name, value] of Object.entries(drift)) keyFrame.style.setProperty(name, value);
  picture.prepend(halo);
  frame.append(keyFrame);
}

/** A ground for the words that tell what the picture would show. */
function fillCard(picture: Element, frame: Element, key: string): void {
  const hue = [...key].reduce((sum, sign) => (sum * 31 + (sign.codePointAt(0) ?? 0) * 47) % 360, 0);
  const card = element('div', { className: 'fallback' });
  card.style.setProperty('--hue', String(hue));
  picture.classList.add('bare');
  frame.append(card);
}
