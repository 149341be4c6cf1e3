import { air } from './atmosphere.ts';
import type { Brief } from './brief.ts';
import { type Camera, cameraOf, LENS, type Lens } from './camera.ts';
import { extrasAmongFigures, extrasOfPlace } from './extras.ts';
import { drawFigures } from './figures.ts';
import { n } from './ink.ts';
import { detail } from './props/detail.ts';
import type { Layer } from './render.ts';
import { drawPlace } from './scenery/index.ts';
import { between } from './shapes.ts';
import type { Stage } from './stage.ts';

type KeyFrame = Extract<Brief['subject'], { kind: 'keyFrame' }>;

/** How the place is moved and enlarged in the frame. */
interface View {
  zoom: number;
  x: number;
  y: number;
}

function viewOf(stage: Stage, { tilt }: Camera, lens: Lens): View {
  const zoom = lens.zoom * between(stage.shotRandom, 1, 1.14);
  const pan = between(stage.shotRandom, -1, 1) * ((zoom - 1) * 0.45 + 0.1);
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

/** A place behind somebody's shoulder is what the picture is about when nobody else is in it. */
function lensFor({ distance }: Camera, figures: number): Lens {
  return distance === 'overShoulder' && figures < 2 ? LENS.wide : LENS[distance];
}

/** Draws one shot of a story, back to front. */
export function drawKeyFrame(stage: Stage, subject: KeyFrame): Layer[] {
  const { characters, place, storyboard } = subject;
  const wanted = cameraOf(storyboard.framing_and_angle, characters.length);
  const scene = drawPlace(stage, place);
  const thing = wanted.distance === 'insert' ? detail(stage, storyboard.framing_and_angle) : '';
  const camera: Camera = wanted.distance === 'insert' && thing === '' ? { ...wanted, distance: 'wide' } : wanted;
  const lens = lensFor(camera, characters.length);
  const view = viewOf(stage, camera, lens);
  const ground = scene.ground * view.zoom + view.y;
  const figures = characters.length === 0 ? [] : drawFigures(stage, subject, camera, scene, ground);
  const among = thing === '' ? extrasAmongFigures(stage, camera, ground, characters.length) : thing;
  return [
    { svg: seen(scene.back + extrasOfPlace(stage, camera, scene), view), blur: lens.blur },
    ...figures,
    { svg: among + seen(scene.front, view) + air(stage), blur: 1 },
  ];
}
