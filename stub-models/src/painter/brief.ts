import { z } from 'zod';
import type { Colour } from './colour.ts';

const words = z.string().catch('');

const aestheticSchema = z
  .object({
    master_color_palette: z.array(
      z.object({ hex_code: z.string().regex(/^#[0-9a-fA-F]{6}$/) }).catch({ hex_code: '' }),
    ),
  })
  .catch({ master_color_palette: [] });

const characterSchema = z.object({
  character_id: words,
  character_name: words,
  role: words,
  detailed_description: z
    .object({ facial_features: words, physique: words, attire: words })
    .catch({ facial_features: '', physique: '', attire: '' }),
});

const environmentSchema = z.object({
  environment_id: words,
  environment_name: words,
  detailed_description: z
    .object({
      overall_description: words,
      key_elements: z.union([z.string(), z.array(z.string()).transform((parts) => parts.join(', '))]).catch(''),
      lighting_and_atmosphere: words,
      color_tones: words,
    })
    .catch({ overall_description: '', key_elements: '', lighting_and_atmosphere: '', color_tones: '' }),
});

const storyboardSchema = z.object({
  framing_and_angle: words,
  composition_and_content: words,
  character_action_and_emotion: words,
  lighting_and_atmosphere: words,
});

const promptSchema = z.object({
  global_aesthetic: aestheticSchema,
  character_design: characterSchema.nullable().catch(null),
  environment_design: environmentSchema.nullable().catch(null),
  character_designs: z.array(characterSchema).catch([]),
  environment_designs: z.array(environmentSchema).catch([]),
  storyboard: storyboardSchema.nullable().catch(null),
});

export type CharacterBrief = z.infer<typeof characterSchema>;
export type EnvironmentBrief = z.infer<typeof environmentSchema>;
type StoryboardBrief = z.infer<typeof storyboardSchema>;

/** What an image prompt asks for, as far as the painter can draw it. */
export interface Brief {
  /** The whole prompt, as a seed: pictures differ if prompts do. */
  seed: string;
  colours: Colour[];
  subject:
    | { kind: 'keyFrame'; characters: CharacterBrief[]; place: EnvironmentBrief | null; storyboard: StoryboardBrief }
    | { kind: 'characterSheet'; character: CharacterBrief }
    | { kind: 'place'; place: EnvironmentBrief };
}

function parsed(prompt: string): unknown {
  try {
    return JSON.parse(prompt);
  } catch {
    return { storyboard: { composition_and_content: prompt } };
  }
}

function subjectOf(prompt: z.infer<typeof promptSchema>, whole: unknown): Brief['subject'] {
  if (prompt.character_design !== null) return { kind: 'characterSheet', character: prompt.character_design };
  if (prompt.environment_design !== null) return { kind: 'place', place: prompt.environment_design };
  return {
    kind: 'keyFrame',
    characters: prompt.character_designs,
    place: prompt.environment_designs[0] ?? null,
    storyboard: prompt.storyboard ?? storyboardSchema.parse(whole),
  };
}

/** Reads an image prompt. Whatever it lacks is left to the painter; a prompt that is not JSON describes the picture. */
export function readBrief(prompt: string): Brief {
  const value = parsed(prompt);
  const whole = typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
  const known = promptSchema.parse({ global_aesthetic: null, ...whole });
  return {
    seed: prompt,
    colours: known.global_aesthetic.master_color_palette.map(({ hex_code }) => hex_code).filter((hex) => hex !== ''),
    subject: subjectOf(known, whole),
  };
}
