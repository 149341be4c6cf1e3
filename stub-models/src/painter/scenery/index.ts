import type { EnvironmentBrief } from '../brief.ts';
import type { Drawing, Scene } from '../drawing.ts';
import { harbour } from './harbour.ts';
import { moorStation } from './moorStation.ts';
import { forest, hills, mountains } from './nature.ts';
import { library, lostProperty, room, workshop } from './rooms.ts';
import { sea } from './sea.ts';
import { city, market } from './town.ts';

type Scenery = (drawing: Drawing) => Scene;

/** The kind of scenery that words ask for; if several match, the one with the most hits is drawn. */
const KINDS: readonly (readonly [Scenery, RegExp])[] = [
  [workshop, /workshop|atelier|forge|laborator|studio|work ?bench|tinker|smith/gi],
  [library, /librar|archive|bookshel|books\b|scriptorium|study\b|school/gi],
  [harbour, /harbou?r|quay|pier|dock|port\b|lighthouse|moor(ed|ing)s?\b|fishing (boat|village)|shore|beach/gi],
  [sea, /\bsea\b|ocean|open water|ship|fleet|boats?\b|waves?\b|underwater|island|lake/gi],
  [moorStation, /station|railway|platform|train|\brails?\b|\bmoor\b|heath/gi],
  [forest, /forest|wood(s|land)\b|jungle|grove|trees?\b|orchard|garden/gi],
  [city, /cit(y|ies)\b|street|roofs?\b|town|alley|skyline|rooftop|square/gi],
  [market, /market|bazaar|stalls?\b|fair\b|carnival|festival/gi],
  [mountains, /mountain|peak|cliff|valley|glacier|snow|canyon|summit|pass\b/gi],
  [room, /room|kitchen|house|cottage|parlou?r|bedroom|tavern|inn\b|caf[eé]|hall|cabin|castle|inside|interior/gi],
];

const LOST_PROPERTY = /lost property|counter|shelves|stationmaster’s chair|inside the office|on a wooden counter/i;

function hits(text: string, words: RegExp): number {
  return text.match(words)?.length ?? 0;
}

/** The place's name says most about it, then its description, then the things in it. */
function sceneryOf(place: EnvironmentBrief | null, text: string): Scenery {
  const about = place?.detailed_description;
  const score = (words: RegExp) =>
    5 * hits(place?.environment_name ?? '', words) +
    3 * hits(about?.overall_description ?? '', words) +
    hits(about?.key_elements ?? '', words) +
    (place === null ? hits(text, words) : 0);
  let best: { scenery: Scenery; points: number } = { scenery: hills, points: 0 };
  for (const [scenery, words] of KINDS) {
    const points = score(words);
    if (points > best.points) best = { scenery, points };
  }
  return best.scenery;
}

/** Draws the place of a picture. */
export function drawPlace(drawing: Drawing, place: EnvironmentBrief | null): Scene {
  const scenery = sceneryOf(place, drawing.text);
  if (scenery === moorStation && LOST_PROPERTY.test(drawing.text)) return lostProperty(drawing);
  return scenery(drawing);
}
