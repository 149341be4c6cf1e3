import { glow } from '../atmosphere.ts';
import { lighten } from '../colour.ts';
import { type Drawing, lit } from '../drawing.ts';
import { ellipse, faded, placed } from '../shapes.ts';
import type { Acting } from './acting.ts';
import { armsOf, drawArm } from './arms.ts';
import { body, scarf } from './body.ts';
import { type Cutout, createCutout } from './cutout.ts';
import { brows, face } from './face.ts';
import { hairBehind, hairFromBehind, hairInFront } from './hair.ts';
import { headwearBehind, headwearInFront } from './headwear.ts';
import { heldThing } from './held.ts';
import type { Look } from './look.ts';
import { measuresOf } from './measures.ts';

export type Facing = 'left' | 'right' | 'away';

/** Where a figure is put: the middle of its head, its size, and which way it looks. */
export interface Placement {
  x: number;
  y: number;
  scale: number;
  facing: Facing;
}

function head(cut: Cutout, look: Look, acting: Acting, facing: Facing): string {
  const front =
    facing === 'away'
      ? hairFromBehind(cut, look)
      : face(cut, look, acting) + hairInFront(cut, look) + brows(look, acting.emotion);
  return front + headwearInFront(cut, look, facing === 'away');
}

/** Just a head with its hair and neck, for studies of expressions. */
export function drawHead(drawing: Drawing, look: Look, acting: Acting, place: Placement): string {
  const cut = createCutout(drawing, place.facing === 'left');
  const content = headwearBehind(cut, look) + hairBehind(cut, look) + head(cut, look, acting, place.facing);
  return placed(content, place.x, place.y, [place.facing === 'left' ? -place.scale : place.scale, place.scale]);
}

/** Draws somebody as they look, doing what they do. */
export function drawFigure(drawing: Drawing, look: Look, acting: Acting, place: Placement): string {
  const mirrored = place.facing === 'left';
  const cut = createCutout(drawing, mirrored);
  const measures = measuresOf(look.build);
  const arms = armsOf(acting.gesture, measures);
  const held = acting.held === null || place.facing === 'away' ? '' : heldThing(drawing, acting.held);
  const garment = lit(drawing, look.garmentColour);
  const fade = look.spirit
    ? drawing.ink.linear(
        [
          [0, lighten(garment, 0.04)],
          [0.5, garment, 0.9],
          [1, garment, 0],
        ],
        [0.7, 0],
        [0.3, 1],
      )
    : null;
  const shadow = look.spirit
    ? ''
    : ellipse(4, measures.feet, measures.hemHalf * 1.05, 12, { fill: '#0b0d1c', opacity: 0.24 });
  const content =
    shadow +
    headwearBehind(cut, look) +
    hairBehind(cut, look) +
    drawArm(cut, look, measures, arms.far, '') +
    body(cut, look, measures, acting, fade, place.facing === 'away') +
    (look.scarf === null ? '' : scarf(cut, look.scarf)) +
    head(cut, look, acting, place.facing) +
    drawArm(cut, look, measures, arms.near, held);
  const drawn = placed(content, place.x, place.y, [mirrored ? -place.scale : place.scale, place.scale]);
  if (!look.spirit) return drawn;
  return (
    glow(drawing, place.x, place.y + 60 * place.scale, 330 * place.scale, drawing.mood.key, 0.34) + faded(drawn, 0.92)
  );
}
