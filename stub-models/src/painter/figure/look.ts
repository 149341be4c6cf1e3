import { pickBy, randomFrom } from '../../seed.ts';
import type { CharacterBrief } from '../brief.ts';
import type { Colour } from '../colour.ts';
import { colourOf, coloursIn } from '../colourWords.ts';

export type Build = 'child' | 'adult' | 'elder' | 'broad' | 'tall';
type HairStyle = 'bob' | 'bun' | 'long' | 'braid' | 'curls' | 'short' | 'streaming' | 'bald';
type Garment = 'coat' | 'dress' | 'jumper' | 'cloak';
type Headwear = 'cap' | 'hood' | 'brim' | 'crown';

/** What somebody looks like in every picture, which depends only on the design. */
export interface Look {
  build: Build;
  /** No feet, and the background shows through. */
  spirit: boolean;
  skin: Colour;
  hair: Colour;
  hairStyle: HairStyle;
  beard: boolean;
  glasses: boolean;
  freckles: boolean;
  /** Needles or sticks in the hair. */
  needles: boolean;
  garment: Garment;
  garmentColour: Colour;
  apron: Colour | null;
  scarf: Colour | null;
  shawl: Colour | null;
  buttons: Colour | null;
  headwear: Headwear | null;
  headwearColour: Colour;
  boots: Colour;
  /** Paper labels at the hems. */
  labels: boolean;
}

const SKINS: readonly (readonly [RegExp, Colour])[] = [
  [/transparent|translucent|ghostly/i, '#d8e2e8'],
  [/dark brown skin|ebony|black skin|very dark/i, '#6b432c'],
  [/brown (lined )?face|brown skin|dark skin/i, '#96633f'],
  [/olive|bronze/i, '#c0905f'],
  [/ruddy|red-?faced|rosy/i, '#e0a07c'],
  [/tanned|weathered|sun-?burn/i, '#d09a70'],
  [/pale|fair|light skin|freckl/i, '#f3cdae'],
];
const ANY_SKIN = ['#f0c6a2', '#d9a577', '#b97f54', '#8f5f3d', '#6d4630'] as const;
const ANY_HAIR = ['#3a2a24', '#6b3f26', '#a55d2a', '#c9cfd4', '#26262e', '#d9b56c'] as const;
const ANY_CLOTH = ['#b5483f', '#2f8580', '#3f6fa3', '#d69a2d', '#6b4a8c', '#4f8a55', '#d9734a'] as const;

function buildOf(physique: string, role: string, seed: string): Build {
  const text = `${physique} ${role}`;
  const isYoung = /child|girl|boy|kid|little|eleven|ten years|small wiry|small and quick/i.test(text);
  if (isYoung || (/apprentice/i.test(text) && /years/i.test(text))) return 'child';
  if (/enormous|huge|broad|stout|burly|heavy|massive|big man/i.test(text)) return 'broad';
  if (/very tall|tall|lanky|towering|slender/i.test(text)) return 'tall';
  if (/elder|old woman|old man|short sturdy|seventy|aged|grandm|grandf/i.test(text)) return 'elder';
  return pickBy(`${seed} build`, ['adult', 'adult', 'adult', 'tall', 'elder']);
}

const HAIR_STYLES: readonly (readonly [HairStyle, RegExp])[] = [
  ['streaming', /stream|flowing|floating|wild hair|endless/i],
  ['bald', /\bbald|shaven/i],
  ['bun', /\bbun\b|topknot|chignon/i],
  ['braid', /braid|plait|pigtail/i],
  ['curls', /curl|afro|frizz|coils/i],
  ['bob', /\bbob\b|to the shoulders|chin-length|mop/i],
  ['long', /long (\w+ )?hair|waist-length|hair down/i],
  ['short', /short|cropped|close-cut|crew|tousled/i],
];

function hairStyleOf(face: string, seed: string): HairStyle {
  const named = HAIR_STYLES.find(([, words]) => words.test(face))?.[0];
  if (named === undefined && /beard/i.test(face)) return 'short';
  return named ?? pickBy(`${seed} hair style`, ['bob', 'short', 'curls', 'bun', 'long', 'braid']);
}

/** The colour word nearest before or after the hair in the description of a face. */
function hairColourOf(face: string, seed: string): Colour {
  const clause = face.split(/[,;.]/).find((part) => /hair|bob|bun|braid|curls|mop|beard|plait/i.test(part)) ?? '';
  return coloursIn(clause)[0] ?? pickBy(`${seed} hair`, ANY_HAIR);
}

const GARMENTS: readonly (readonly [Garment, RegExp])[] = [
  ['cloak', /cloak|cape|robe|kimono|gown|mantle|hooded/i],
  ['dress', /dress|skirt|tunic|apron/i],
  ['coat', /coat|jacket|oilskin|uniform|overcoat|suit/i],
  ['jumper', /jumper|sweater|shirt|pullover|vest|overalls/i],
];

function garmentOf(attire: string, seed: string): { garment: Garment; garmentColour: Colour } {
  const found = GARMENTS.find(([, words]) => words.test(attire));
  const garment = found?.[0] ?? pickBy(`${seed} garment`, ['coat', 'jumper', 'dress', 'cloak']);
  const named = found === undefined ? null : colourOf(attire, found[1]);
  return { garment, garmentColour: named ?? coloursIn(attire)[0] ?? pickBy(`${seed} cloth`, ANY_CLOTH) };
}

function pieceOf(attire: string, noun: RegExp, seed: string): Colour | null {
  if (!noun.test(attire)) return null;
  return colourOf(attire, noun) ?? pickBy(`${seed} ${noun.source}`, ANY_CLOTH);
}

const HEADWEAR: readonly (readonly [Headwear, RegExp])[] = [
  ['cap', /\bcap\b|beret|helmet/i],
  ['hood', /\bhood/i],
  ['crown', /crown|tiara|diadem/i],
  ['brim', /\bhat\b|bonnet|fedora|bowler|straw/i],
];

/** Reads a design. What its words leave open is derived from its id. */
export function lookOf(character: CharacterBrief): Look {
  const { facial_features: face, physique, attire } = character.detailed_description;
  const seed = character.character_id || character.character_name || attire;
  const spirit = /spirit|ghost|translucent|transparent|drifting air|ethereal|made of (wind|mist|smoke|light|air)/i.test(
    `${face} ${physique} ${character.role}`,
  );
  const headwear = HEADWEAR.find(([, words]) => words.test(attire));
  const random = randomFrom(`${seed} chance`);
  return {
    build: buildOf(physique, character.role, seed),
    spirit,
    skin: SKINS.find(([words]) => words.test(face))?.[1] ?? pickBy(`${seed} skin`, ANY_SKIN),
    hair: hairColourOf(face, seed),
    hairStyle: hairStyleOf(face, seed),
    beard: /beard|moustache|mustache|whiskers/i.test(face),
    glasses: /glasses|spectacles|monocle|goggles/i.test(face),
    freckles: /freckl/i.test(face) || (face === '' && random() < 0.2),
    needles: /needle|hairpin|chopstick|pencil/i.test(face),
    ...garmentOf(attire, seed),
    apron: pieceOf(attire, /apron/i, seed),
    scarf: pieceOf(attire, /scarf|muffler|neckerchief/i, seed),
    shawl: pieceOf(attire, /shawl|stole|wrap\b/i, seed),
    buttons: /button/i.test(attire) ? (colourOf(attire, /button/i) ?? '#d3a445') : null,
    headwear: headwear?.[0] ?? null,
    headwearColour:
      (headwear && (colourOf(attire, /\bband\b|ribbon/i) ?? colourOf(attire, headwear[1]))) ??
      pickBy(`${seed} hat`, ANY_CLOTH),
    boots: pieceOf(attire, /boots?|shoes|clogs/i, seed) ?? '#4a3024',
    labels: /label|tags?\b|patches|letters/i.test(attire),
  };
}
