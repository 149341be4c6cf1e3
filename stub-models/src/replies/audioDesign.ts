import type { TextRequest } from '@story-tree/agent-backend';
import { type AudioDesignReply, NARRATOR_ID, VOICE_NAMES } from '@story-tree/domain';
import { firstTurn, readVisualDesign } from '../request/sections.ts';
import { sameName } from '../request/spoken.ts';
import { readTree } from '../request/tree.ts';
import { SAMPLE_CAST, SAMPLE_NARRATOR } from '../sample/cast.ts';
import { SAMPLE_CUES, SAMPLE_SONIC_IDENTITY } from '../sample/sound.ts';
import { hashText } from '../seed.ts';

type VoiceProfile = AudioDesignReply['character_voice_profiles'][number];
type Cue = AudioDesignReply['music_and_ambience_cues'][number];

/** A voice that nobody has yet; once all are taken they are shared. */
function freeVoice(name: string, taken: ReadonlySet<string>): VoiceProfile['voice_name'] {
  const start = hashText(name) % VOICE_NAMES.length;
  const rotated = [...VOICE_NAMES.slice(start), ...VOICE_NAMES.slice(0, start)];
  return rotated.find((voice) => !taken.has(voice)) ?? rotated[0] ?? VOICE_NAMES[0];
}

function voiceProfiles(names: readonly string[]): VoiceProfile[] {
  const taken = new Set<string>([SAMPLE_NARRATOR.voiceName, ...SAMPLE_CAST.map(({ voiceName }) => voiceName)]);
  return names.map((name) => {
    const known = SAMPLE_CAST.find((design) => sameName(design.name, name));
    const voice = VOICE_NAMES.find((candidate) => candidate === known?.voiceName) ?? freeVoice(name, taken);
    taken.add(voice);
    return {
      character_name: name,
      voice_name: voice,
      voice_profile:
        known?.voiceProfile ?? `Speaks as ${name} would: natural, at an easy pace, never louder than needed.`,
    };
  });
}

function sampleCues(labels: ReadonlySet<string>): Cue[] {
  return SAMPLE_CUES.map((cue) => ({
    cue_name: cue.name,
    cue_description: cue.description,
    music_generation_prompt: cue.prompt,
    associated_scenelet_ids: cue.labels.filter((label) => labels.has(label)),
  }));
}

function plainCue(labels: readonly string[]): Cue {
  return {
    cue_name: 'Main Theme',
    cue_description: 'The theme that the whole story leans on.',
    music_generation_prompt:
      'Gentle chamber music, harmonium and plucked strings, curious and warm, 80 bpm, instrumental',
    associated_scenelet_ids: [...labels],
  };
}

/** One voice for the narrator and for every character of the visual design, and music for the scenelets of the tree. */
export function audioDesignReply(request: TextRequest): AudioDesignReply {
  const text = firstTurn(request);
  const names = readVisualDesign(text).character_designs.map((design) => design.character_name);
  const labels = readTree(text).map(({ id }) => id);
  const isSampleCast = names.every((name) => SAMPLE_CAST.some((design) => sameName(design.name, name)));
  return {
    sonic_identity: { ...SAMPLE_SONIC_IDENTITY },
    narrator_voice_profile: {
      character_id: NARRATOR_ID,
      voice_name: SAMPLE_NARRATOR.voiceName,
      voice_profile: SAMPLE_NARRATOR.voiceProfile,
    },
    character_voice_profiles: voiceProfiles(names),
    music_and_ambience_cues: isSampleCast ? sampleCues(new Set(labels)) : [plainCue(labels)],
  };
}
