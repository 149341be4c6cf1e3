import { air } from './atmosphere.ts';
import type { Brief } from './brief.ts';
import { type Camera, cameraOf, LENS, type Lens } from './camera.ts';
import { detail } from './detail.ts';
import type { Drawing } from './drawing.ts';
import { extrasAmongFigures, extrasOfPlace } from './extras.ts';
import { drawFigures } from './figures.ts';
import { n } from './ink.ts';
import type { Layer } from './render.ts';
import { drawPlace } from './scenery/index.ts';
import { between } from './shapes.ts';

type KeyFrame = Extract<Brief['subject'], { kind: 'keyFrame' }>;

/** How the place is moved and enlarged in the frame. */
interface View {
  zoom: number;
  x: number;
  y: number;
}

function viewOf(drawing: Drawing, { tilt }: Camera, lens: Lens): View {
  const zoom = lens.zoom * between(drawing.shotRandom, 1, 1.14);
  const pan = between(drawing.shotRandom, -1, 1) * ((zoom - 1) * 0.45 + 0.1);
  const focus = 0.62 - tilt * 0.07;
  return {
    zoom,
    x: drawing.width * (0.5 - 0.5 * zoom - pan),
    y: drawing.height * focus * (1 - zoom) + tilt * 16,
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
export function drawKeyFrame(drawing: Drawing, subject: KeyFrame): Layer[] {
  const { characters, place, storyboard } = subject;
  const wanted = cameraOf(storyboard.framing_and_angle, characters.length);
  const scene = drawPlace(drawing, place);
  const thing = wanted.distance === 'insert' ? detail(drawing, storyboard.framing_and_angle) : '';
  const camera: Camera = wanted.distance === 'insert' && thing === '' ? { ...wanted, distance: 'wide' } : wanted;
  const lens = lensFor(camera, characters.length);
  const view = viewOf(drawing, camera, lens);
  const ground = scene.ground * view.zoom + view.y;
  const figures = characters.length === 0 ? [] : drawFigures(drawing, subject, camera, scene, ground);
  const among = thing === '' ? extrasAmongFigures(drawing, camera, ground, characters.length) : thing;
  return [
    { svg: seen(scene.back + extrasOfPlace(drawing, camera, scene), view), blur: lens.blur },
    ...figures,
    { svg: among + seen(scene.front, view) + air(drawing), blur: 1 },
  ];
}
