import { parse } from 'yaml';
import { z } from 'zod';
import { fencedBlock } from './sections.ts';

const sceneletSchema = z.object({
  id: z.string(),
  description: z.string().catch(''),
  dialogue: z.array(z.object({ character: z.string(), line: z.string() })).catch([]),
});

/** The parts of a scenelet in a request on which replies depend. */
export type TreeScenelet = z.infer<typeof sceneletSchema>;

const treeSchema = z.object({ scenelets: z.array(sceneletSchema) });

function parseTree(yaml: string): TreeScenelet[] {
  return treeSchema.safeParse(parse(yaml)).data?.scenelets ?? [];
}

/** Every scenelet of the tree in the request, in order. */
export function readTree(text: string): TreeScenelet[] {
  const yaml = fencedBlock(text, 'tree');
  return yaml === null ? [] : parseTree(yaml);
}

/** The lines of one list item, found by indentation: parsing thousands of items to read one is too slow. */
function itemLines(yaml: string, label: string): string | null {
  const at = yaml.indexOf(`- id: ${label}\n`);
  if (at < 0) return null;
  const indent = yaml.slice(yaml.lastIndexOf('\n', at) + 1, at);
  if (indent.trim() !== '') return null;
  const next = yaml.indexOf(`\n${indent}- `, at);
  return indent + yaml.slice(at, next < 0 ? undefined : next);
}

/** One scenelet of the tree in the request, or null if there is none with that label. */
export function readTarget(text: string, label: string): TreeScenelet | null {
  const yaml = fencedBlock(text, 'tree');
  if (yaml === null || !/^[\w-]+$/.test(label)) return null;
  const item = itemLines(yaml, label);
  const scenelets = parseTree(item === null ? yaml : `scenelets:\n${item}`);
  return scenelets.find((scenelet) => scenelet.id === label) ?? null;
}
