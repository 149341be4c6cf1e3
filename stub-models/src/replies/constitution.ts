import type { TextRequest } from '@story-tree/agent-backend';
import { firstTurn } from '../request/sections.ts';
import { SAMPLE_PRINCIPLES, SAMPLE_PROMPT, SAMPLE_SCENELETS_PER_PATH, SAMPLE_TITLE } from '../sample/constitution.ts';
import { titleFrom } from './title.ts';

/** What a person asked for, as read from the request for the constitution. */
interface AskedFor {
  prompt: string;
  language: string | null;
  audience: string | null;
  sceneletsPerPath: number | null;
  guidance: string | null;
}

const OTHER_FIELDS = /\n(?:Language|Audience|Scenelets per path|Guidance):/;

function fieldOf(text: string, name: string): string | null {
  return new RegExp(`^${name}: *(.+)$`, 'm').exec(text)?.[1]?.trim() ?? null;
}

/** Reads the prompt and the options from the request; without a `Prompt:` line the whole text is the prompt. */
function readPrompt(text: string): AskedFor {
  const opening = /^Prompt:\s*/m.exec(text);
  const rest = opening === null ? text : text.slice(opening.index + opening[0].length);
  const end = rest.search(OTHER_FIELDS);
  const perPath = Number(fieldOf(text, 'Scenelets per path'));
  return {
    prompt: (end < 0 ? rest : rest.slice(0, end)).replace(/\s+/g, ' ').trim(),
    language: fieldOf(text, 'Language'),
    audience: fieldOf(text, 'Audience'),
    sceneletsPerPath: Number.isInteger(perPath) && perPath > 0 ? perPath : null,
    guidance: /\nGuidance:\s*([\s\S]+)$/.exec(text)?.[1]?.replace(/\s+/g, ' ').trim() ?? null,
  };
}

function commission({ language, audience, sceneletsPerPath, guidance }: AskedFor): string {
  const wishes = [
    language === null ? null : `- **Language:** ${language}`,
    audience === null ? null : `- **Audience:** ${audience}`,
    sceneletsPerPath === null ? null : `- **Scenelets on each path:** ${sceneletsPerPath}`,
    guidance === null ? null : `- **Guidance:** ${guidance}`,
  ].filter((wish) => wish !== null);
  return wishes.length === 0 ? '' : `## The commission\n\n${wishes.join('\n')}\n\n`;
}

function markdown(title: string, asked: AskedFor): string {
  return `# ${title}\n\n## Premise\n\n> ${asked.prompt}\n\n${commission(asked)}${SAMPLE_PRINCIPLES}`;
}

/** The constitution: title and premise from the prompt, principles from the sample story. */
export function constitutionReply(request: TextRequest): unknown {
  const asked = readPrompt(firstTurn(request));
  const title = asked.prompt === SAMPLE_PROMPT ? SAMPLE_TITLE : titleFrom(asked.prompt);
  return {
    proposed_story_title: title,
    story_constitution_markdown: markdown(title, asked),
    target_scenelets_per_path: asked.sceneletsPerPath ?? SAMPLE_SCENELETS_PER_PATH,
  };
}

/** The premise quoted in a constitution of the stub; null if somebody has rewritten it. */
export function premiseOf(constitution: string): string | null {
  return /^> (.+)$/m.exec(constitution)?.[1]?.trim() ?? null;
}
