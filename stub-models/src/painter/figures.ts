import { placeFigures } from './blocking.ts';
import type { Brief, CharacterBrief } from './brief.ts';
import type { Camera } from './camera.ts';
import type { Drawing, Scene } from './drawing.ts';
import { type Acting, aboutEach, actingOf } from './figure/acting.ts';
import { drawFigure, type Placement } from './figure/index.ts';
import { type Look, lookOf } from './figure/look.ts';
import { measuresOf } from './figure/measures.ts';
import type { Layer } from './render.ts';
import { rowingBoat } from './scenery/boats.ts';
import { rect } from './shapes.ts';

type KeyFrame = Extract<Brief['subject'], { kind: 'keyFrame' }>;

/** On water people are in boats, unless they are made of air or up in it. */
function inBoats(
  drawing: Drawing,
  scene: Scene,
  camera: Camera,
  looks: readonly Look[],
  places: readonly Placement[],
  people: string,
): string {
  const aloft = /from the air|above the (sails|sea)|in the air|flying/i.test(drawing.text);
  const sitting = places.filter(({ facing }, index) => looks[index]?.spirit === false && facing !== 'away');
  if (!scene.afloat || aloft || sitting.length === 0 || camera.distance === 'close') return people;
  const left = Math.min(...sitting.map(({ x }) => x));
  const right = Math.max(...sitting.map(({ x }) => x));
  const scale = sitting[0]?.scale ?? 1;
  const lowest = Math.max(...sitting.map(({ y }) => y));
  const y = Math.min(596, lowest + 250 * scale);
  const aboveWater = drawing.ink.clip(rect(-10, -10, drawing.width + 20, y + 60, {}));
  const boat = rowingBoat(drawing, (left + right) / 2, y, right - left + 520 * scale);
  return `<g clip-path="${aboveWater}">${people}</g>${boat}`;
}

/** Smaller people stand in front of larger ones. */
function smallestLast(drawn: readonly string[], looks: readonly Look[]): string {
  const height = (index: number) => measuresOf(looks[index]?.build ?? 'adult').feet;
  return drawn
    .map((svg, index) => ({ svg, index }))
    .sort((one, other) => height(other.index) - height(one.index))
    .map(({ svg }) => svg)
    .join('');
}

/** Where somebody is first named after words that put them in front; -1 if they are not. */
function namedInFront({ character_name }: CharacterBrief, framing: string): number {
  const after = framing.search(/behind|shoulder of/i);
  return after < 0 ? -1 : framing.indexOf(character_name, after);
}

/** In an over-the-shoulder shot, the shoulder belongs to whoever the framing names first after "behind". */
function inOrderOfFraming({ characters, storyboard }: KeyFrame, { distance }: Camera): CharacterBrief[] {
  if (distance !== 'overShoulder') return characters;
  const at = (character: CharacterBrief) => {
    const found = namedInFront(character, storyboard.framing_and_angle);
    return found < 0 ? Number.MAX_SAFE_INTEGER : found;
  };
  return characters.toSorted((one, other) => at(one) - at(other));
}

/** In a close-up, whatever is held is held up, since it would not be visible otherwise. */
function withHandsInFrame(acting: Acting): Acting {
  return acting.gesture === 'hold' && acting.held !== null ? { ...acting, gesture: 'show' } : acting;
}

/** Draws everybody in a shot, sharp except for a shoulder that the camera looks over. `ground` is its height in the frame. */
export function drawFigures(
  drawing: Drawing,
  subject: KeyFrame,
  camera: Camera,
  scene: Scene,
  ground: number,
): Layer[] {
  const characters = inOrderOfFraming(subject, camera);
  const { character_action_and_emotion: action, composition_and_content: content } = subject.storyboard;
  const looks = characters.map(lookOf);
  const builds = looks.map(({ build }) => build);
  const places = placeFigures(builds, camera, { width: drawing.width, ground }, drawing.shotRandom);
  const doing = aboutEach(characters, action);
  const shown = aboutEach(characters, content);
  const drawn = looks.map((look, index) => {
    const place = places[index] ?? { x: 0, y: 0, scale: 1, facing: 'right' as const };
    const acting = actingOf(`${doing[index] ?? ''}. ${shown[index] ?? ''}`);
    return drawFigure(drawing, look, camera.distance === 'close' ? withHandsInFrame(acting) : acting, place);
  });
  const afloat = (people: string) => inBoats(drawing, scene, camera, looks, places, people);
  const [shoulder = '', ...others] = drawn;
  if (camera.distance === 'overShoulder' && others.length > 0) {
    return [
      { svg: afloat(others.join('')), blur: 1 },
      { svg: shoulder, blur: 3 },
    ];
  }
  return [{ svg: afloat(smallestLast(drawn, looks)), blur: 1 }];
}
