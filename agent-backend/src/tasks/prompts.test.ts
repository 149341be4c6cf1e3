import { readFileSync } from 'node:fs';
import {
  audioDesignReplySchema,
  PREBUILT_VOICES,
  sceneletContentSchema,
  storyboardEntrySchema,
  visualDesignReplySchema,
  visualDesignSchema,
  visualReferenceSchema,
} from '@story-tree/domain';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { chatReplySchema } from '../constitution-chat/index.ts';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

/** The names of all fields of a schema, at every depth. */
function fieldsOf(schema: z.ZodType): string[] {
  const names = new Set<string>();
  JSON.stringify(z.toJSONSchema(schema, { io: 'input' }), (key, value: unknown) => {
    if (key === 'properties') for (const name of Object.keys(value as object)) names.add(name);
    return value;
  });
  return [...names];
}

/** What stands in backticks and looks like a field of two words or more. */
const fieldsNamedIn = (prompt: string): string[] =>
  [...prompt.matchAll(/`([a-z]+(?:_[a-z]+)+)`/g)].map(([, name]) => name ?? '');

const TREE = ['id', 'parent', 'choice_label', 'choice_prompt', 'role', ...fieldsOf(sceneletContentSchema)];
const DESIGN = fieldsOf(visualDesignSchema);
const STORYBOARD = fieldsOf(storyboardEntrySchema);
const PAINTED = STORYBOARD.filter((field) => !['audio_and_narrative', 'type', 'source', 'line'].includes(field));
const AESTHETIC = ['global_aesthetic', 'visual_style', 'master_color_palette'];
const CHARACTER = ['character_design', 'character_name', 'role', 'facial_features', 'physique', 'attire'];
const PLACE = ['environment_design', 'environment_name', 'overall_description', 'key_elements', 'color_tones'];

/** Each prompt with the fields that it must explain, and those that it may mention since they are in its input. */
const PROMPTS: readonly { path: string; explains: readonly string[]; mayMention: readonly string[] }[] = [
  {
    path: './constitution/prompt.md',
    explains: ['proposed_story_title', 'story_constitution_markdown', 'target_scenelets_per_path'],
    mayMention: [],
  },
  {
    path: './interactive-script/prompt.md',
    explains: [
      ...['branch_point', 'is_concluding_scene', 'choice_prompt', 'next_scenelets', 'choice_label'],
      ...fieldsOf(sceneletContentSchema),
    ],
    mayMention: TREE,
  },
  {
    path: '../constitution-chat/prompt.md',
    explains: [...fieldsOf(chatReplySchema), 'role', 'text'],
    mayMention: [],
  },
  { path: './visual-design/prompt.md', explains: fieldsOf(visualDesignReplySchema), mayMention: TREE },
  { path: './visual-reference/prompt.md', explains: fieldsOf(visualReferenceSchema), mayMention: [...TREE, ...DESIGN] },
  { path: './audio-design/prompt.md', explains: fieldsOf(audioDesignReplySchema), mayMention: TREE },
  {
    path: './shot-production/prompt.md',
    explains: ['scenelet_id', 'shots', 'shot_index', 'storyboard_entry', ...STORYBOARD],
    mayMention: [...TREE, ...DESIGN],
  },
  {
    path: './character-model-sheet/prompt.md',
    explains: [...AESTHETIC, ...CHARACTER, 'reference_plates', 'image_generation_prompt'],
    mayMention: DESIGN,
  },
  {
    path: './environment-reference/prompt.md',
    explains: [...AESTHETIC, ...PLACE, 'lighting_and_atmosphere', 'keyframes', 'image_generation_prompt'],
    mayMention: DESIGN,
  },
  {
    path: './shot-images/visual_renderer.md',
    explains: [
      ...AESTHETIC,
      'character_designs',
      'environment_designs',
      ...PAINTED.filter((name) => name.includes('_')),
    ],
    mayMention: [],
  },
];

describe.each(PROMPTS)('$path', ({ path, explains, mayMention }) => {
  const prompt = read(path);

  it('names no field that is in neither its input nor its reply', () => {
    const known = new Set([...explains, ...mayMention]);
    expect(fieldsNamedIn(prompt).filter((name) => !known.has(name))).toEqual([]);
  });

  it('explains every field', () => {
    expect(explains.filter((name) => !prompt.includes(`\`${name}\``))).toEqual([]);
  });
});

describe('the audio design prompt', () => {
  it('lists exactly the prebuilt voices, each with its description', () => {
    const voices = [...read('./audio-design/prompt.md').matchAll(/\b([A-Z][a-z]+) \(([a-z-]+)\)/g)].map((m) =>
      m.slice(1),
    );
    expect(voices.sort()).toEqual(Object.entries(PREBUILT_VOICES).sort());
  });
});

describe('the directions of speech', () => {
  const directions = read('./shot-audio/prompt.md');

  it('never hold the line that the transcript begins with', () => {
    expect(directions).not.toMatch(/^TRANSCRIPT$/m);
  });

  it('begin by saying what to read aloud, and stay short', () => {
    expect(directions).toMatch(/^Read aloud only the words that follow the line TRANSCRIPT/);
    expect(directions.length).toBeLessThan(1000);
  });
});
