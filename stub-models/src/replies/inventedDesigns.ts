import type { VisualDesignReply } from '@story-tree/domain';
import type { TreeScenelet } from '../request/tree.ts';
import { hashText, pickBy } from '../seed.ts';

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

type EnvironmentDesign = VisualDesignReply['environment_designs'][number];

interface PlaceIdea {
  name: string;
  words: RegExp;
  overall: string;
  elements: string[];
  light: string;
  colours: string;
}

const IDEAS: readonly PlaceIdea[] = [
  {
    name: 'The Harbour',
    words: /harbou?r|sea|ship|boat|quay|island|shore/i,
    overall: 'A stone harbour with boats at their moorings and houses up the hill',
    elements: ['boats', 'a quay wall', 'a lighthouse'],
    light: 'Open sky, lanterns along the wall at night',
    colours: 'Silver water, warm roofs',
  },
  {
    name: 'The Library',
    words: /librar|book|archive|school|letter/i,
    overall: 'A library of tall shelves with ladders and a reading lamp',
    elements: ['bookshelves', 'a ladder', 'a reading lamp'],
    light: 'Lamp glow among long shadows',
    colours: 'Brown wood, amber light',
  },
  {
    name: 'The Forest',
    words: /forest|wood|tree|wolf|garden/i,
    overall: 'An old forest with a path between tall trunks',
    elements: ['tall trunks', 'a winding path', 'ferns'],
    light: 'Shafts of morning light through leaves',
    colours: 'Deep greens, pale gold',
  },
  {
    name: 'The City Roofs',
    words: /city|street|town|roof|market/i,
    overall: 'A city of crooked roofs and lit windows seen from above',
    elements: ['roofs', 'chimneys', 'lit windows'],
    light: 'Dusk, windows lighting up one by one',
    colours: 'Blue slate, warm windows',
  },
  {
    name: 'The Mountain Pass',
    words: /mountain|snow|hill|valley|desert|moon|planet/i,
    overall: 'A pass between layered mountains with a narrow path',
    elements: ['peaks', 'a narrow path', 'mist in the valley'],
    light: 'Clear dawn with mist below',
    colours: 'Violet ranges, rose sky',
  },
  {
    name: 'The Kitchen',
    words: /kitchen|house|room|home|door|table/i,
    overall: 'A low room with a big window, a table and a stove',
    elements: ['a table', 'a window', 'a lamp'],
    light: 'Warm lamp glow, evening in the window',
    colours: 'Ochre walls, blue evening',
  },
];

const MAX_PLACES = 3;

function mentions(idea: PlaceIdea, tree: readonly TreeScenelet[]): number {
  return tree.filter(({ description }) => idea.words.test(description)).length;
}

/** The three places that the story's descriptions mention most, filled up from the list. */
function chosenIdeas(tree: readonly TreeScenelet[]): PlaceIdea[] {
  return IDEAS.map((idea) => ({ idea, found: mentions(idea, tree) }))
    .sort((one, other) => other.found - one.found)
    .slice(0, MAX_PLACES)
    .map(({ idea }) => idea);
}

/** Environments for any story: every scenelet takes place in exactly one of them. */
export function inventedPlaces(tree: readonly TreeScenelet[]): EnvironmentDesign[] {
  const ideas = chosenIdeas(tree);
  const homeOf = ({ id, description }: TreeScenelet) =>
    ideas.find(({ words }) => words.test(description)) ?? ideas[hashText(id) % ideas.length];
  const home = Map.groupBy(tree, homeOf);
  return ideas.map((idea) => ({
    environment_name: idea.name,
    detailed_description: {
      overall_description: idea.overall,
      key_elements: idea.elements,
      lighting_and_atmosphere: idea.light,
      color_tones: idea.colours,
    },
    associated_scenelet_ids: (home.get(idea) ?? []).map(({ id }) => id),
  }));
}
