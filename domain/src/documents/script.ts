import { z } from 'zod';

const text = z.string().trim().min(1);

export const sceneletContentSchema = z.object({
  description: text,
  dialogue: z.array(z.object({ character: text, line: text })),
  shot_suggestions: z.array(z.string()),
});

export type SceneletContent = z.infer<typeof sceneletContentSchema>;
