import { air, vignette } from './atmosphere.ts';
import { placeFigures } from './blocking.ts';
import type { Brief } from './brief.ts';
import { type Camera, cameraOf, LENS } from './camera.ts';
import { aboutEach, actingOf } from './figure/acting.ts';
import { drawFigure, type Placement } from './figure/index.ts';
import { type Look, lookOf } from './figure/look.ts';
import { measuresOf } from './figure/measures.ts';
import { n } from './ink.ts';
import { crowd } from './props/crowd.ts';
import { detail } from './props/detail.ts';
import { gulls } from './props/gull.ts';
import { swirl } from './props/swirl.ts';
import type { Layer } from './render.ts';
import { rowingBoat } from './scenery/boats.ts';
import { drawPlace } from './scenery/index.ts';
import { between, placed } from './shapes.ts';
import type { Scene, Stage } from './stage.ts';

type KeyFrame = Extract<Brief['subject'], { kind: 'keyFrame' }>;

/** How the place is moved and enlarged in the frame. */
interface View {
  zoom: number;
  x: number;
  y: number;
}

function viewOf(stage: Stage, { distance, tilt }: Camera): View {
  const { zoom } = LENS[distance];
  const pan = between(stage.shotRandom, -1, 1) * (zoom - 1 + 0.05) * 0.42;
  const focus = 0.62 - tilt * 0.07;
  return {
    zoom,
    x: stage.width * (0.5 - 0.5 * zoom - pan),
    y: stage.height * focus * (1 - zoom) + tilt * 16,
  };
}

function seen(content: string, { zoom, x, y }: View): string {
  return `<g transform="translate(${n(x)} ${n(y)}) scale(${Math.round(zoom * 1000) / 1000})">${content}</g>`;
}

/** Things beside the figures that the words ask for. */
function extras(stage: Stage, { distance }: Camera, scene: Scene): string {
  const far = distance === 'wide' || distance === 'extreme';
  if (!far) return '';
  const people = /crowd|people|everyone|children|faces|town (waving|rows)|\brow of/i.test(stage.text) && !scene.afloat;
  const birds = /gulls? above|like a gull|gulls/i.test(stage.text) && !/no gulls?/i.test(stage.text);
  return (birds ? gulls(stage) : '') + (people ? crowd(stage, scene.ground + 6, distance === 'extreme' ? 0.5 : 0.95) : '');
}

function littleWind(stage: Stage, { distance }: Camera, ground: number): string {
  if (!/little wind|small (patchwork )?swirl|little swirl|patchwork (swirl|air)|little one/i.test(stage.text)) return '';
  const near = distance === 'medium' || distance === 'close';
  const x = stage.width * (near ? 0.5 : 0.63);
  return placed(swirl(stage, stage.shotRandom), x, near ? 690 : ground, near ? 1.35 : 0.7);
}

/** On water people are in boats, unless they are of air or up in it. */
function boatsUnder(stage: Stage, scene: Scene, camera: Camera, looks: readonly Look[], places: readonly Placement[]): string {
  const aloft = /from the air|above the (sails|sea)|in the air|flying/i.test(stage.text);
  const sitting = places.filter((_, index) => looks[index]?.spirit === false);
  if (!scene.afloat || aloft || sitting.length === 0 || camera.distance === 'close') return '';
  const left = Math.min(...sitting.map(({ x }) => x));
  const right = Math.max(...sitting.map(({ x }) => x));
  const scale = sitting[0]?.scale ?? 1;
  const lowest = Math.max(...sitting.map(({ y }) => y));
  return rowingBoat(stage, (left + right) / 2, lowest + 250 * scale, right - left + 520 * scale);
}

function figures(stage: Stage, subject: KeyFrame, camera: Camera, scene: Scene, view: View): Layer[] {
  const { characters, storyboard } = subject;
  const looks = characters.map(lookOf);
  const ground = scene.ground * view.zoom + view.y;
  const places = placeFigures(looks.map(({ build }) => build), camera, { width: stage.width, ground }, stage.shotRandom);
  const doing = aboutEach(characters, storyboard.character_action_and_emotion);
  const shown = aboutEach(characters, storyboard.composition_and_content);
  const drawn = looks.map((look, index) => {
    const place = places[index] ?? { x: 0, y: 0, scale: 1, facing: 'right' as const };
    return drawFigure(stage, look, actingOf(`${doing[index] ?? ''}. ${shown[index] ?? ''}`), place);
  });
  const wind = littleWind(stage, camera, ground);
  const boat = boatsUnder(stage, scene, camera, looks, places);
  if (camera.distance !== 'overShoulder') return [{ svg: inReadingOrder(drawn, looks).join('') + boat + wind, blur: 1 }];
  const [shoulder = '', ...faces] = drawn;
  return [
    { svg: faces.join('') + boat + wind, blur: 1 },
    { svg: shoulder, blur: 3 },
  ];
}

/** Smaller people stand in front of larger ones. */
function inReadingOrder(drawn: readonly string[], looks: readonly Look[]): string[] {
  const height = (index: number) => measuresOf(looks[index]?.build ?? 'adult').feet;
  return drawn.map((svg, index) => ({ svg, index })).sort((one, other) => height(other.index) - height(one.index)).map(({ svg }) => svg);
}

/** Draws one shot of a story, back to front. */
export function drawKeyFrame(stage: Stage, subject: KeyFrame): Layer[] {
  const { characters, place, storyboard } = subject;
  const camera = cameraOf(storyboard.framing_and_angle, characters.length);
  const scene = drawPlace(stage, place);
  const thing = camera.distance === 'insert' ? detail(stage, storyboard.framing_and_angle) : '';
  const asDrawn: Camera = camera.distance === 'insert' && thing === '' ? { ...camera, distance: 'wide' } : camera;
  const view = viewOf(stage, asDrawn);
  const behind = seen(scene.back + extras(stage, asDrawn, scene), view);
  const nobody = characters.length === 0;
  const inFront = seen(scene.front, view) + air(stage) + vignette(stage);
  return [
    { svg: behind, blur: LENS[asDrawn.distance].blur },
    ...(nobody ? [{ svg: thing + littleWindAlone(stage, asDrawn, scene, view), blur: 1 }] : figures(stage, subject, asDrawn, scene, view)),
    { svg: inFront, blur: 1 },
  ];
}

function littleWindAlone(stage: Stage, camera: Camera, scene: Scene, view: View): string {
  return camera.distance === 'insert' ? '' : littleWind(stage, camera, scene.ground * view.zoom + view.y);
}
