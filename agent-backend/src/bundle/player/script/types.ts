import type { StoryBundle } from '@story-tree/domain';

declare global {
  interface Window {
    /** What `story.js` sets. */
    STORY_TREE_BUNDLE?: Untrusted<StoryBundle>;
  }
}

/** A shot as it is played: whatever its data lacks is empty. */
export interface Shot {
  imagePath: string;
  audioPath: string;
  alternativeText: string;
  captions: readonly Caption[];
}

export interface Caption {
  speaker: string;
  line: string;
}

export interface Choice {
  label: string;
  sceneletId: string;
}

export type Next =
  | { type: 'linear'; sceneletId: string }
  | { type: 'branch'; prompt: string; choices: readonly Choice[] }
  | { type: 'terminal' }
  | { type: 'incomplete' };

export interface Scenelet {
  id: string;
  /** What happens in it. */
  description: string;
  shots: readonly Shot[];
  next: Next;
}

export interface Story {
  id: string;
  title: string;
  /** A BCP 47 tag. */
  language: string;
  /** The address that those of its assets are relative to. */
  base: string;
  root: string;
  scenelets: ReadonlyMap<string, Scenelet>;
  /** The address of a scenelet's music. */
  music: ReadonlyMap<string, string>;
  /** Ids of the scenelets that end it. */
  endings: readonly string[];
}

/** What is read from outside: of this shape if all is well, but anything may be missing. */
export type Untrusted<Value> = Value extends readonly (infer Item)[]
  ? readonly Untrusted<Item>[] | null | undefined
  : Value extends object
    ? { readonly [Key in keyof Value]?: Untrusted<Value[Key]> } | null | undefined
    : Value | null | undefined;

/** Where a viewer is: the scenelets from the start to here, and the shot within the last of them. */
export interface Place {
  trail: readonly string[];
  beat: number;
}

export type Screen = 'message' | 'title' | 'play';

/** What is on the play screen: a shot, or what follows the last one of a scenelet. */
export type Phase = '' | 'shot' | Next['type'];

/** What a shot waits for: its picture, its speech, time to read, or a breath after its speech. */
export type Mode = 'waiting' | 'voice' | 'hold' | 'rest';

export type Level = 'speed' | 'textSize' | 'volume' | 'musicVolume';
export type Switch = 'captions' | 'muted';
export type Settings = Record<Level, number> & Record<Switch, boolean>;

export type DialogId = 'settings-dialog' | 'help-dialog' | 'restart-dialog';

/** A place as it is kept, with the mark of the text that is told there. */
export interface SavedPlace extends Place {
  text: string;
}

/** What is kept of a story between visits; an ending that was found, with the mark of its text. */
export interface Memory {
  saved: SavedPlace | null;
  settings: Settings;
  endings: readonly { id: string; text: string }[];
}

export interface State {
  screen: Screen;
  message: string;
  story: Story;
  /** Started at a given scenelet: the viewer's own place in the story is left alone. */
  preview: boolean;
  /** The place that "Continue" returns to. */
  saved: Place | null;
  trail: readonly string[];
  /** Shot within the last scenelet of the trail; past its shots, what follows is shown: choices or a close. */
  beat: number;
  /** Counts arrivals at beats, so that late replies for an earlier one are dropped. */
  visit: number;
  mode: Mode;
  /** Milliseconds left of a hold or rest, and how many it had. */
  remaining: number;
  total: number;
  /** Where the speech was at the last tick, and for how long it has stood there. */
  voiceAt: number;
  stalledFor: number;
  /** The viewer scrolls long captions; leave them where they are. */
  captionsScrolled: boolean;
  paused: boolean;
  /** The browser wants a gesture before it plays sound. */
  blocked: boolean;
  /** The page is not visible. */
  away: boolean;
  idle: boolean;
  dialog: DialogId | null;
  /** Ids of the endings that were found. */
  endings: Set<string>;
  settings: Settings;
}
