import { storyboardEntrySchema } from '@story-tree/domain';
import { z } from 'zod';

export const shotProductionReplySchema = z.object({
  scenelet_id: z.string(),
  shots: z.array(z.object({ shot_index: z.int(), storyboard_entry: storyboardEntrySchema })).min(1),
});

export type ShotProductionReply = z.infer<typeof shotProductionReplySchema>;
