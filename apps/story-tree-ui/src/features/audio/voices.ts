import type { AudioDesign } from '@story-tree/domain';
import type { Wire } from '../../wire/index.ts';
import type { StoryShot } from '../kit/index.ts';

/** Who speaks in a story, and how. */
export interface Voice {
  id: string;
  name: string;
  voiceName: string;
  profile: string;
}

/** A recording in which a voice can be heard, and what is said in it. */
export interface VoiceSample {
  shot: StoryShot;
  line: string;
  /** Nobody else speaks in it. */
  alone: boolean;
}

/** The narrator and then the characters, in the design's order. */
export function voicesOf(design: Wire<AudioDesign>): Voice[] {
  const { narrator_voice_profile: narrator, character_voice_profiles: characters } = design;
  return [
    { id: narrator.character_id, name: 'Narrator', voiceName: narrator.voice_name, profile: narrator.voice_profile },
    ...characters.map((character) => ({
      id: character.character_id,
      name: character.character_name,
      voiceName: character.voice_name,
      profile: character.voice_profile,
    })),
  ];
}

/** Names of speakers by their ids. */
export function speakerNames(design: Wire<AudioDesign> | null): ReadonlyMap<string, string> {
  return new Map(design === null ? [] : voicesOf(design).map(({ id, name }) => [id, name]));
}

/** For each voice a recording to hear it in: the first in which it speaks alone, else the first in which it speaks. */
export function voiceSamples(shots: readonly StoryShot[]): ReadonlyMap<string, VoiceSample> {
  const samples = new Map<string, VoiceSample>();
  for (const shot of shots) {
    if (shot.audioFilePath === null) continue;
    const lines = shot.storyboard.audio_and_narrative;
    const alone = new Set(lines.map(({ source }) => source)).size === 1;
    for (const { source, line } of lines) {
      const known = samples.get(source);
      if (known === undefined || (alone && !known.alone)) samples.set(source, { shot, line, alone });
    }
  }
  return samples;
}
