import type { VisualDesignReply } from '@story-tree/domain';
import { pickBy } from '../seed.ts';

const HAIR = [
  'short black curls',
  'a long auburn braid',
  'straight dark brown hair to the shoulders',
  'cropped white hair',
  'a blond tousled mop',
  'a black bun',
  'wavy chestnut hair',
] as const;
const FACES = [
  'a round face',
  'a narrow face',
  'a freckled face',
  'a calm open face',
  'a face with round glasses',
] as const;
const SKIN = ['dark brown skin', 'light skin', 'olive skin', 'brown skin', 'tanned skin'] as const;
const BUILDS = ['small and quick', 'tall and slender', 'broad and steady', 'of middle height, upright'] as const;
const GARMENTS = ['long coat', 'woollen jumper', 'dress with an apron', 'short jacket', 'hooded cloak'] as const;
const COLOURS = ['red', 'green', 'blue', 'mustard', 'plum', 'teal', 'orange', 'cream'] as const;
const EXTRAS = ['scarf', 'belt', 'shawl', 'cap'] as const;

type CharacterDesign = VisualDesignReply['character_designs'][number];

/** A design for a character known only by name; the same name always looks the same. */
export function inventedCharacter(name: string, labels: string[]): CharacterDesign {
  return {
    character_name: name,
    role: 'Speaks in the story',
    detailed_description: {
      facial_features: `${pickBy(`${name} face`, FACES)}, ${pickBy(`${name} skin`, SKIN)}, ${pickBy(`${name} hair`, HAIR)}`,
      physique: pickBy(`${name} build`, BUILDS),
      attire:
        `A ${pickBy(`${name} colour`, COLOURS)} ${pickBy(`${name} garment`, GARMENTS)}, ` +
        `a ${pickBy(`${name} second`, COLOURS)} ${pickBy(`${name} extra`, EXTRAS)}`,
    },
    associated_scenelet_ids: labels,
  };
}
