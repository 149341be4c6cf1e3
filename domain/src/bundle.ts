import { z } from 'zod';

/** One line spoken in a shot: `speaker` is the name to show, or null for the narrator. */
export const captionSchema = z.object({ speaker: z.string().nullable(), line: z.string() });

/** A shot. Paths are relative to the bundle's folder, or absolute URLs in the embedded form; null if there is no file. */
export const bundleShotSchema = z.object({
  shotIndex: z.int().min(1),
  imagePath: z.string().nullable(),
  audioPath: z.string().nullable(),
  alternativeText: z.string(),
  captions: z.array(captionSchema),
});

export const bundleNextSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('linear'), sceneletId: z.string() }),
  z.strictObject({
    type: z.literal('branch'),
    choicePrompt: z.string(),
    choices: z.array(z.strictObject({ label: z.string(), sceneletId: z.string() })).min(2),
  }),
  z.strictObject({ type: z.literal('terminal') }),
  z.strictObject({ type: z.literal('incomplete') }),
]);

export const bundleSceneletSchema = z.object({
  id: z.string(),
  description: z.string(),
  shots: z.array(bundleShotSchema),
  next: bundleNextSchema,
});

/** What the player plays: the shape of `story.json`, `story.js` and the embedded accessor's result. */
export const storyBundleSchema = z.object({
  metadata: z.object({
    storyId: z.string(),
    title: z.string(),
    exportedAt: z.iso.datetime(),
    /** A BCP 47 tag if the story's language is known, so that screen readers pronounce it correctly. */
    language: z.string().optional(),
  }),
  rootSceneletId: z.string(),
  scenelets: z.array(bundleSceneletSchema),
  music: z.array(z.object({ cueName: z.string(), audioPath: z.string(), sceneletIds: z.array(z.string()) })).optional(),
});

export type BundleCaption = z.infer<typeof captionSchema>;
export type BundleShot = z.infer<typeof bundleShotSchema>;
export type BundleNext = z.infer<typeof bundleNextSchema>;
export type BundleScenelet = z.infer<typeof bundleSceneletSchema>;
export type StoryBundle = z.infer<typeof storyBundleSchema>;
