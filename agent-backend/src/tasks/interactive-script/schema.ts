import { sceneletContentSchema } from '@story-tree/domain';
import { z } from 'zod';

export const scriptReplySchema = z.object({
  branch_point: z.boolean(),
  is_concluding_scene: z.boolean(),
  choice_prompt: z.string().nullish(),
  next_scenelets: z.array(sceneletContentSchema.extend({ choice_label: z.string().nullish() })).min(1),
});

export type ScriptReply = z.infer<typeof scriptReplySchema>;
