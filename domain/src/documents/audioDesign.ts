import { z } from 'zod';
import { VOICE_NAMES } from './voices.ts';

const text = z.string().trim().min(1);
const voiceName = z.enum(VOICE_NAMES);

/** The id under which the narrator speaks; no character may take it. */
export const NARRATOR_ID = 'narrator';

const characterVoiceProfile = z.object({ character_name: text, voice_name: voiceName, voice_profile: z.string() });

/** The model's reply: names only. */
export const audioDesignReplySchema = z.object({
  sonic_identity: z.object({ musical_direction: z.string(), sound_effect_philosophy: z.string() }),
  narrator_voice_profile: z.object({
    character_id: z.literal(NARRATOR_ID),
    voice_name: voiceName,
    voice_profile: z.string(),
  }),
  character_voice_profiles: z.array(characterVoiceProfile),
  music_and_ambience_cues: z.array(
    z.object({
      cue_name: text,
      cue_description: z.string(),
      music_generation_prompt: z.string(),
      associated_scenelet_ids: z.array(z.string()),
    }),
  ),
});

/** The stored document: every profile has the id of its character in the visual design. */
export const audioDesignSchema = audioDesignReplySchema.extend({
  character_voice_profiles: z.array(characterVoiceProfile.extend({ character_id: text })),
});

export type AudioDesignReply = z.infer<typeof audioDesignReplySchema>;
export type AudioDesign = z.infer<typeof audioDesignSchema>;
