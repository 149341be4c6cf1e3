import type { TextRequest } from '@story-tree/agent-backend';
import { type AskedFor, readPrompt } from '../request/prompt.ts';
import { firstTurn } from '../request/sections.ts';
import { SAMPLE_PRINCIPLES, SAMPLE_PROMPT, SAMPLE_SCENELETS_PER_PATH, SAMPLE_TITLE } from '../sample/constitution.ts';
import { titleFrom } from './title.ts';

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
