import { z } from 'zod';

const text = z.string().trim().min(1);

const characterDesign = z.object({
  character_name: text,
  role: z.string(),
  detailed_description: z.object({ facial_features: z.string(), physique: z.string(), attire: z.string() }),
  associated_scenelet_ids: z.array(z.string()),
});

const environmentDesign = z.object({
  environment_name: text,
  detailed_description: z.object({
    overall_description: z.string(),
    key_elements: z.union([z.string(), z.array(z.string())]),
    lighting_and_atmosphere: z.string(),
    color_tones: z.string(),
  }),
  associated_scenelet_ids: z.array(z.string()),
});

export const globalAestheticSchema = z.object({
  visual_style: z.object({ name: text, description: z.string() }),
  master_color_palette: z.array(
    z.object({
      color_name: text,
      hex_code: z.string().regex(/^#[0-9a-fA-F]{6}$/, 'must be a colour such as #1f3a5f'),
      usage_notes: z.string(),
    }),
  ),
});

/** The model's reply: names only. */
export const visualDesignReplySchema = z.object({
  global_aesthetic: globalAestheticSchema,
  character_designs: z.array(characterDesign),
  environment_designs: z.array(environmentDesign),
});

/** The stored document: every design has the id by which later documents refer to it. */
export const visualDesignSchema = visualDesignReplySchema.extend({
  character_designs: z.array(characterDesign.extend({ character_id: text })),
  environment_designs: z.array(environmentDesign.extend({ environment_id: text })),
});

export type VisualDesignReply = z.infer<typeof visualDesignReplySchema>;
export type VisualDesign = z.infer<typeof visualDesignSchema>;
export type CharacterDesign = VisualDesign['character_designs'][number];
export type EnvironmentDesign = VisualDesign['environment_designs'][number];
