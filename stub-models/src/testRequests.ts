import type { ImageRequest, Models, SpeechRequest, TextRequest } from '@story-tree/agent-backend';
import { childLabel, ROOT_LABEL, type VisualDesign, type VisualDesignReply } from '@story-tree/domain';
import { stringify } from 'yaml';
import type { ScriptReply } from './scriptReply.ts';

/** A scenelet as requests show it in their YAML. */
export interface TestScenelet {
  id: string;
  parent: string | null;
  role: 'branch' | 'linear' | 'terminal';
  choice_label?: string;
  choice_prompt?: string;
  description: string;
  dialogue: { character: string; line: string }[];
  shot_suggestions: string[];
}

export const CONSTITUTION = '# A title\n\n## Premise\n\nRewritten by hand.';

export function liveContext(): { signal: AbortSignal } {
  return { signal: new AbortController().signal };
}

/** A text request whose user turn has these parts. */
export function textRequest(task: TextRequest['task'], ...parts: string[]): TextRequest {
  return {
    kind: 'text',
    task,
    system: 'Answer in JSON.',
    turns: [{ role: 'user', text: parts.join('\n\n') }],
    schema: {},
  };
}

export function imageRequest(task: ImageRequest['task'], prompt: unknown): ImageRequest {
  return { kind: 'image', task, system: 'Draw.', prompt: JSON.stringify(prompt), references: [], aspectRatio: '16:9' };
}

export function speechRequest(words: string, voiceName: string): SpeechRequest {
  const prompt = `Read aloud.\n\nTRANSCRIPT\ntam: ${words}`;
  return { kind: 'speech', task: 'CREATE_SHOT_AUDIO', prompt, speakers: [{ name: 'tam', voiceName }] };
}

export const inConstitution = (markdown: string) => `## Constitution\n\n${markdown}`;
export const inTree = (scenelets: readonly TestScenelet[]) =>
  `## Story tree (YAML)\n\n\`\`\`yaml\n${stringify({ scenelets })}\`\`\``;
export const inVisualDesign = (design: VisualDesign) =>
  `## Visual design (JSON)\n\n\`\`\`json\n${JSON.stringify(design, null, 2)}\n\`\`\``;

/** Asks for a document and parses the reply. */
export async function answer<T>(models: Models, request: TextRequest): Promise<T> {
  const { text } = await models.text(request, liveContext());
  return JSON.parse(text) as T;
}

/** Runs the script to its end, as the workflow would, and returns every scenelet. */
export async function writeScript(models: Models, constitution = CONSTITUTION): Promise<TestScenelet[]> {
  const ask = (target: string) =>
    answer<ScriptReply>(
      models,
      textRequest('CREATE_INTERACTIVE_SCRIPT', inConstitution(constitution), `Target: ${target}`),
    );
  const scenelets: TestScenelet[] = [];
  const open: { target: string; parent: TestScenelet | null }[] = [{ target: 'root', parent: null }];
  for (let next = open.shift(); next !== undefined; next = open.shift()) {
    const { target, parent } = next;
    const reply = await ask(target);
    if (parent !== null && reply.branch_point) parent.role = 'branch';
    if (parent !== null && reply.choice_prompt !== null) parent.choice_prompt = reply.choice_prompt;
    reply.next_scenelets.forEach(({ choice_label, ...content }, ordinal) => {
      const label =
        parent === null ? ROOT_LABEL : childLabel({ label: parent.id, isBranchPoint: reply.branch_point }, ordinal);
      const role = reply.is_concluding_scene ? ('terminal' as const) : ('linear' as const);
      const choice = choice_label === null ? {} : { choice_label };
      const scenelet = { id: label, parent: parent?.id ?? null, ...choice, role, ...content };
      scenelets.push(scenelet);
      if (role !== 'terminal') open.push({ target: label, parent: scenelet });
    });
  }
  return scenelets;
}

/** Adds ids to a visual design, as storing it does. */
export function withIds(design: VisualDesignReply): VisualDesign {
  const idOf = (name: string, index: number) => `${name.toLowerCase().replace(/[^a-z]+/g, '-')}-${index}`;
  return {
    ...design,
    character_designs: design.character_designs.map((character, index) => ({
      ...character,
      character_id: idOf(character.character_name, index),
    })),
    environment_designs: design.environment_designs.map((place, index) => ({
      ...place,
      environment_id: idOf(place.environment_name, index),
    })),
  };
}
