import type { CharacterBrief } from './brief.ts';
import { lighten, mix } from './colour.ts';
import { amount, type Drawing } from './drawing.ts';
import type { Acting, Emotion } from './figure/acting.ts';
import { drawFigure, drawHead, type Facing } from './figure/index.ts';
import { lookOf } from './figure/look.ts';
import { measuresOf } from './figure/measures.ts';
import type { Layer } from './render.ts';
import { between, circle, ellipse, rect, repeat } from './shapes.ts';

const still: Acting = { emotion: 'calm', gesture: 'down', held: null, eyesShut: false, running: false };
const STUDIES: readonly Emotion[] = ['glad', 'worried', 'surprised', 'cross'];

function paper(drawing: Drawing): string {
  const { height, ink, palette, shotRandom, width } = drawing;
  const fill = ink.linear(
    [
      [0, lighten(palette.pale, 0.03)],
      [1, mix(palette.pale, palette.warm, 0.12)],
    ],
    [0, 0],
    [1, 1],
  );
  const fibres = repeat(amount(drawing, 90), () =>
    ellipse(between(shotRandom, 0, width), between(shotRandom, 0, height), between(shotRandom, 1, 7), 0.9, {
      fill: palette.wood,
      opacity: 0.1,
    }),
  );
  return rect(0, 0, width, height, { fill }) + fibres;
}

/** The colours of the character, as dabs of paint. */
function dabs(drawing: Drawing, colours: readonly string[]): string {
  const { height, width } = drawing;
  return colours
    .map((colour, index) => {
      const x = width * 0.72 + index * width * 0.052;
      const y = height * 0.9;
      return (
        circle(x, y, 21, { fill: mix(colour, '#000000', 0.15), opacity: 0.25 }) +
        circle(x - 2, y - 3, 20, { fill: colour })
      );
    })
    .join('');
}

/** A model sheet: one character from three sides, and four faces. */
export function drawCharacterSheet(drawing: Drawing, character: CharacterBrief): Layer[] {
  const { height, width } = drawing;
  const look = lookOf(character);
  const { feet } = measuresOf(look.build);
  const scale = Math.min(0.98, (height * 0.74) / (feet + 100));
  const ground = height * 0.9;
  const views: readonly Facing[] = ['right', 'left', 'away'];
  const bodies = views.map((facing, index) =>
    drawFigure(drawing, look, still, { x: width * (0.13 + index * 0.2), y: ground - feet * scale, scale, facing }),
  );
  const heads = STUDIES.map((emotion, index) =>
    drawHead(
      drawing,
      look,
      { ...still, emotion },
      {
        x: width * (0.74 + (index % 2) * 0.16),
        y: height * (0.27 + Math.floor(index / 2) * 0.33),
        scale: height / 720,
        facing: index % 2 === 0 ? 'right' : 'left',
      },
    ),
  );
  const colours = [
    look.skin,
    look.hair,
    look.garmentColour,
    look.scarf ?? look.apron ?? look.headwearColour,
    look.boots,
  ];
  const wash = ellipse(width * 0.33, ground + 4, width * 0.3, 26, { fill: drawing.palette.silver, opacity: 0.45 });
  return [{ svg: paper(drawing) + wash + bodies.join('') + heads.join('') + dabs(drawing, colours), blur: 1 }];
}
