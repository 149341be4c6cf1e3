import { type AudioLine, NARRATOR_ID, type StoryboardEntry, type VisualDesign } from '@story-tree/domain';
import type { TreeScenelet } from '../request/tree.ts';
import { hashText, pickBy } from '../seed.ts';
import { audioLine } from './audioLines.ts';

const LIGHTS = [
  'Clear morning light',
  'Golden afternoon light',
  'Violet dusk',
  'Night, one lamp glow',
  'Soft overcast day',
] as const;
const CAMERAS = ['Slow push in', 'Still', 'Slow pan to the right', 'Gentle drift'] as const;
const MAX_LINES = 2;

/** Two lines have at most two sources, the most that a speech model can voice in one shot. */
function grouped(lines: readonly AudioLine[], shotCount: number): AudioLine[][] {
  const perShot = Math.min(MAX_LINES, Math.max(1, Math.ceil(lines.length / shotCount)));
  const shots: AudioLine[][] = [];
  for (let from = 0; from < lines.length; from += perShot) shots.push(lines.slice(from, from + perShot));
  while (shots.length < shotCount) shots.push([]);
  return shots;
}

function framing(figures: number, index: number): string {
  if (figures === 0) return index % 2 === 0 ? 'Wide establishing shot, eye level' : 'Extreme wide shot, high angle';
  if (figures > 1) return 'Medium two-shot, eye level';
  return pickBy(`framing ${index}`, ['Medium shot, eye level', 'Close-up, three-quarter view']);
}

function environmentOf(scenelet: TreeScenelet, design: VisualDesign): string[] {
  const places = design.environment_designs;
  const home = places.find((place) => place.associated_scenelet_ids.includes(scenelet.id));
  const place = home ?? places[hashText(scenelet.id) % Math.max(1, places.length)];
  return place === undefined ? [] : [place.environment_id];
}

/** Shots for the dialogue of any scenelet: each line once, in order, with its speaker in the picture. */
export function plainStoryboards(scenelet: TreeScenelet, design: VisualDesign, shotCount: number): StoryboardEntry[] {
  const lines = scenelet.dialogue.map(({ character, line }) => audioLine(design, character, line));
  const environments = environmentOf(scenelet, design);
  return grouped(lines, shotCount).map((heard, index) => {
    const characters = [...new Set(heard.map(({ source }) => source).filter((source) => source !== NARRATOR_ID))];
    const seed = `${scenelet.id} ${index}`;
    return {
      framing_and_angle: framing(characters.length, index),
      composition_and_content: scenelet.description,
      character_action_and_emotion: characters.length === 0 ? 'No figures.' : 'They speak quietly and mean it.',
      camera_dynamics: pickBy(`${seed} camera`, CAMERAS),
      lighting_and_atmosphere: pickBy(`${scenelet.id} light`, LIGHTS),
      continuity_notes: `Shot ${index + 1} of ${scenelet.id}; light stays the same throughout.`,
      referenced_designs: { characters, environments },
      audio_and_narrative: heard,
    };
  });
}
