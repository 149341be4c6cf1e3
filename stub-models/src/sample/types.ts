/** Who speaks a line; `Narrator` is no character and has no design. */
type SampleSpeaker = 'Narrator' | SampleCharacter;
export type SampleCharacter = 'Tam' | 'Oda' | 'Captain Roe' | 'The Wind';
export type SamplePlace = "The Weather-Mender's Workshop" | 'Harrow Quay' | 'Moorhead Halt' | 'The Water off the Teeth';

/** A speaker and the words, performance notes in parentheses included. */
type SampleLine = readonly [speaker: SampleSpeaker, words: string];

/** One shot as its author wrote it: the storyboard fields, who and what is in the picture, and what is heard. */
export interface SampleShot {
  framing: string;
  content: string;
  action: string;
  camera: string;
  light: string;
  continuity: string;
  place: SamplePlace;
  cast: readonly SampleCharacter[];
  lines: readonly SampleLine[];
}

/** One scenelet with its shots. Its dialogue is what its shots say, in order, without the performance notes. */
export interface SampleScenelet {
  label: string;
  /** Null for the root. */
  parent: string | null;
  /** What the player picks to come here, where the parent is a branch point. */
  choiceLabel?: string;
  /** What the player is asked at the end, on a branch point. */
  choicePrompt?: string;
  description: string;
  shots: readonly SampleShot[];
}
