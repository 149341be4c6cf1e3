import type { TextRequest } from '@story-tree/agent-backend';
import { z } from 'zod';
import { constitutionOf, fencedBlock, firstTurn } from '../request/sections.ts';
import { pickBy } from '../seed.ts';

const Conversation = z.array(z.object({ role: z.enum(['user', 'model']), text: z.string() }));

const HEADING = '## Wishes';

/** Characters of a wish that are said back; the constitution has all of it. */
const QUOTED = 160;

const OPENINGS = ['Gladly.', 'With pleasure.', 'That suits this story.', 'Good, that gives it an edge.'] as const;

/** Takes the wish as it is: into a section of its own at the end of the constitution, one line for each. */
export function constitutionChatReply(request: TextRequest): unknown {
  const text = firstTurn(request);
  const conversation = Conversation.parse(JSON.parse(fencedBlock(text, 'conversation') ?? '[]'));
  const wish = (conversation.at(-1)?.text ?? '').replace(/\s+/g, ' ').trim();
  return {
    reply:
      `${pickBy(wish, OPENINGS)} You said: “${shortened(wish)}” I have put it down under “Wishes” at the end of the constitution, ` +
      'and everything else stays as it was. A real editor would now carry it through the whole story; I am the stub.',
    story_constitution_markdown: withWish(constitutionOf(text), wish),
  };
}

function withWish(constitution: string, wish: string): string {
  const hasSection = constitution.split('\n').includes(HEADING);
  return `${constitution.trimEnd()}${hasSection ? '' : `\n\n${HEADING}\n`}\n- ${wish}\n`;
}

function shortened(text: string): string {
  const characters = [...text];
  return characters.length <= QUOTED ? text : `${characters.slice(0, QUOTED).join('')}…`;
}
