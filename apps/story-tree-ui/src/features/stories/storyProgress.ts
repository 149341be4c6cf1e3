import type { Tone } from '../../components/index.ts';
import type { StoryCard } from '../../wire/index.ts';

/** How far a story has come, in a word and in a line. */
export interface StoryProgress {
  tone: Tone;
  word: string;
  line: string;
}

export function storyProgress(card: StoryCard): StoryProgress {
  const { scenelets, endings, shots, keyFrames, spokenShots, playable } = card;
  const size = `${count(scenelets, 'scenelet')}, ${count(endings, 'ending')}`;
  if (playable) return { tone: 'good', word: 'Ready to play', line: size };
  if (shots > 0) {
    const media = `${keyFrames} of ${count(shots, 'picture')}, ${count(spokenShots, 'voiced shot')}`;
    return { tone: 'accent', word: 'In production', line: media };
  }
  if (scenelets > 0) return { tone: 'accent', word: 'Script', line: size };
  return { tone: 'neutral', word: 'Idea', line: 'Nothing written yet' };
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
