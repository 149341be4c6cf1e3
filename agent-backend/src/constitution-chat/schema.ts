import { z } from 'zod';

/** The reply comes first, so that its words can be shown while the document is still being written. */
export const chatReplySchema = z.object({
  reply: z.string().trim().min(1).max(20_000),
  /** The whole document anew; null leaves it as it is. */
  story_constitution_markdown: z.string().trim().min(1).nullable(),
});

export type ChatReply = z.infer<typeof chatReplySchema>;
