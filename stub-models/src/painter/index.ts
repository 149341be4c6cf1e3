import type { AspectRatio, ImageRequest } from '@story-tree/agent-backend';
import { hashText, randomFrom } from '../seed.ts';
import { air } from './atmosphere.ts';
import { type Brief, readBrief } from './brief.ts';
import { drawCharacterSheet } from './characterSheet.ts';
import type { Detail, Drawing } from './drawing.ts';
import { createInk } from './ink.ts';
import { drawKeyFrame } from './keyFrame.ts';
import { moodOf } from './mood.ts';
import { paletteOf } from './palette.ts';
import { type Frame, type Layer, render } from './render.ts';
import { drawPlace } from './scenery/index.ts';

const UNIT_HEIGHT = 720;

const SIZES: Readonly<Record<AspectRatio, readonly [width: number, height: number]>> = {
  '16:9': [1280, 720],
  '1:1': [1024, 1024],
  '4:3': [1152, 864],
  '3:4': [864, 1152],
  '9:16': [720, 1280],
  '21:9': [1680, 720],
};

function frameOf(aspectRatio: AspectRatio, detail: Detail): Frame {
  const [width, height] = SIZES[aspectRatio];
  const shrink = detail === 'full' ? 1 : 2;
  return {
    width: width / shrink,
    height: height / shrink,
    unitWidth: (UNIT_HEIGHT * width) / height,
    unitHeight: UNIT_HEIGHT,
  };
}

/** The words about light, and the name of the place, which has its own look. */
function lightAndPlace({ subject }: Brief): { light: string; place: string; text: string } {
  switch (subject.kind) {
    case 'keyFrame': {
      const { place, storyboard } = subject;
      const text = `${storyboard.framing_and_angle}. ${storyboard.composition_and_content}. ${storyboard.character_action_and_emotion}`;
      const light = storyboard.lighting_and_atmosphere || place?.detailed_description.lighting_and_atmosphere;
      return { light: light ?? '', place: place?.environment_id ?? '', text };
    }
    case 'place': {
      const { environment_id, detailed_description } = subject.place;
      return { light: detailed_description.lighting_and_atmosphere, place: environment_id, text: '' };
    }
    case 'characterSheet':
      return { light: 'clear day', place: subject.character.character_id, text: '' };
    default:
      return subject satisfies never;
  }
}

function stageFor(brief: Brief, frame: Frame, detail: Detail): Drawing {
  const { light, place, text } = lightAndPlace(brief);
  const palette = paletteOf(brief.colours);
  return {
    width: frame.unitWidth,
    height: frame.unitHeight,
    detail,
    ink: createInk(),
    palette,
    mood: moodOf(light, palette, hashText(place) % 2 === 0 ? 1 : -1),
    placeRandom: randomFrom(`place ${place}`),
    shotRandom: randomFrom(brief.seed),
    text,
  };
}

function layersOf(drawing: Drawing, { subject }: Brief): Layer[] {
  switch (subject.kind) {
    case 'keyFrame':
      return drawKeyFrame(drawing, subject);
    case 'characterSheet':
      return drawCharacterSheet(drawing, subject.character);
    case 'place': {
      const scene = drawPlace(drawing, subject.place);
      return [{ svg: scene.back + scene.front + air(drawing), blur: 1 }];
    }
    default:
      return subject satisfies never;
  }
}

/**
 * Draws what an image request asks for: a shot, a character sheet or a place. The same request gives the same bytes.
 *
 * @param detail `sketch` for half the size and a third of the objects
 * @returns a PNG
 */
export function paint(request: ImageRequest, detail: Detail): Promise<Uint8Array> {
  const brief = readBrief(request.prompt);
  const frame = frameOf(request.aspectRatio, detail);
  const drawing = stageFor(brief, frame, detail);
  const layers = layersOf(drawing, brief);
  return render(layers, drawing.ink.definitions(), frame, detail);
}
