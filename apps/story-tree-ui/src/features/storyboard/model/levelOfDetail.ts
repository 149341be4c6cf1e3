/** What a card shows: its place and kind alone, its title, or everything. */
export type LevelOfDetail = 'structure' | 'title' | 'card';

/** Below it, words are too small to read, and a screen holds so many cards that they are drawn as boxes instead. */
const TITLE_FROM = 0.36;
const CARD_FROM = 0.66;

export function levelOfDetail(zoom: number): LevelOfDetail {
  if (zoom < TITLE_FROM) return 'structure';
  return zoom < CARD_FROM ? 'title' : 'card';
}
