import { z } from 'zod';

export const constitutionReplySchema = z.object({
  proposed_story_title: z.string().trim().min(1).max(300),
  story_constitution_markdown: z.string().trim().min(1),
  target_scenelets_per_path: z.int().min(1).max(100),
});

export type ConstitutionReply = z.infer<typeof constitutionReplySchema>;
