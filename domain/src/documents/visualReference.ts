import { z } from 'zod';

const text = z.string().trim().min(1);

/** Ready-made image prompts for every character and every environment of the visual design. */
export const visualReferenceSchema = z.object({
  character_model_sheets: z.array(
    z.object({
      character_id: text,
      reference_plates: z
        .array(z.object({ type: z.string(), plate_description: z.string(), image_generation_prompt: text }))
        .min(1),
    }),
  ),
  environment_keyframes: z.array(
    z.object({
      environment_id: text,
      keyframes: z.array(z.object({ keyframe_description: z.string(), image_generation_prompt: text })).min(1),
    }),
  ),
});

export type VisualReference = z.infer<typeof visualReferenceSchema>;
