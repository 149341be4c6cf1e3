import { z } from 'zod';
import { NARRATOR_ID } from './audioDesign.ts';

const text = z.string().trim().min(1);

/** One line to be spoken, with performance notes in parentheses. */
export const audioLineSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('monologue'), source: z.literal(NARRATOR_ID), line: text }),
  z.object({ type: z.literal('dialogue'), source: text, line: text }),
]);

export const storyboardEntrySchema = z.object({
  framing_and_angle: text,
  composition_and_content: text,
  character_action_and_emotion: z.string(),
  camera_dynamics: z.string(),
  lighting_and_atmosphere: z.string(),
  continuity_notes: z.string(),
  referenced_designs: z.object({ characters: z.array(z.string()), environments: z.array(z.string()) }),
  audio_and_narrative: z.array(audioLineSchema),
});

export type AudioLine = z.infer<typeof audioLineSchema>;
export type StoryboardEntry = z.infer<typeof storyboardEntrySchema>;
