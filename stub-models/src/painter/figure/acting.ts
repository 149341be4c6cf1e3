import type { CharacterBrief } from '../brief.ts';

export type Emotion = 'calm' | 'glad' | 'sad' | 'worried' | 'surprised' | 'cross' | 'tired';
export type Gesture = 'down' | 'raised' | 'hold' | 'show' | 'behind' | 'point';
export type HeldThing = 'paper' | 'jar' | 'lantern' | 'kite' | 'hats' | 'book' | 'cup' | 'tool';

/** What somebody does in a picture. */
export interface Acting {
  emotion: Emotion;
  gesture: Gesture;
  held: HeldThing | null;
  eyesShut: boolean;
  running: boolean;
}

const EMOTIONS: readonly (readonly [Emotion, RegExp])[] = [
  ['worried', /worri|anxious|afraid|frighten|terrified|nervous|ashamed|doubtful|uneasy|grim\b/i],
  ['cross', /cross\b|angry|indignant|scornful|stern|furious|fierce|gruff|strict|annoyed|bellow/i],
  ['sad', /\bsad|shy\b|sorrow|wet eyes|eyes wet|weep|tear|glum|longing|lonely|mourn/i],
  ['tired', /tired|weary|droop|exhaust|sleepy|yawn/i],
  ['surprised', /surpris|amazed|alarm|startled|mouth open|astonish|shock|curious|wonder|puzzled/i],
  [
    'glad',
    /delight|glad|happy|joy|laugh|smil|proud|jubilant|beam|amus|overjoyed|content|tender|gentle|hopeful|kind|softened/i,
  ],
];

const HELD: readonly (readonly [HeldThing, RegExp])[] = [
  ['jar', /\bjar\b|bottle|flask/i],
  ['kite', /\bkite/i],
  ['lantern', /lantern|torch|candle/i],
  ['hats', /hats\b|tower of hats|armful/i],
  ['book', /\bbook|ledger|journal/i],
  ['paper', /letter|paper|\bnote\b|map\b|scroll|contract|label|reads aloud|reading/i],
  ['cup', /\bcup\b|tankard|mug|glass of|teapot/i],
  ['tool', /spyglass|spoon|hammer|wand|needle|darn|thimble|\bpen\b|brush|staff|stick|sword|magnifying/i],
];

function gestureOf(text: string, held: HeldThing | null): Gesture {
  if (/behind (her|his|its|their) back/i.test(text)) return 'behind';
  if (/arms? out|raises|waves?\b|throws|flung|cheer|reach(es)? up|shout|leapt|both hands lifted/i.test(text))
    return 'raised';
  if (held !== null || /hugg|clutch|hold|knit|wind(s|ing) thread|arms folded|knocks/i.test(text)) return 'hold';
  if (/point|shows|gestur|offers|scratches|one finger/i.test(text)) return 'point';
  return 'down';
}

/** Reads what somebody does from what is said about them. */
export function actingOf(text: string): Acting {
  const held = /behind (her|his|its|their) back/i.test(text)
    ? null
    : (HELD.find(([, words]) => words.test(text))?.[0] ?? null);
  return {
    emotion: EMOTIONS.find(([, words]) => words.test(text))?.[0] ?? 'calm',
    gesture: gestureOf(text, held),
    held,
    eyesShut: /eyes (shut|closed)|asleep|sleeping|sniff/i.test(text),
    running: /\brun(s|ning)?\b|race|chas|trudg|climbs/i.test(text),
  };
}

/** The words by which a text may call somebody: the whole name, or its last word. */
function callNames({ character_name }: CharacterBrief): string[] {
  const last = character_name.trim().split(/\s+/).at(-1) ?? '';
  return [character_name.trim(), last].filter((name) => name.length > 1);
}

/** For each person, the parts of a text about them: from where they are named to where another person is. */
export function aboutEach(characters: readonly CharacterBrief[], text: string): string[] {
  if (characters.length < 2) return characters.map(() => text);
  const mentions = characters.flatMap((character, who) =>
    callNames(character).flatMap((name) => positionsOf(text, name).map((at) => ({ who, at }))),
  );
  mentions.sort((one, other) => one.at - other.at);
  const about = characters.map(() => '');
  mentions.forEach(({ who, at }, index) => {
    about[who] += ` ${text.slice(at, mentions[index + 1]?.at)}`;
  });
  return about;
}

function positionsOf(text: string, name: string): number[] {
  const positions: number[] = [];
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length)) positions.push(at);
  return positions;
}
