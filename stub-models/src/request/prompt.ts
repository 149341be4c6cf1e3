/** What a person asked for, as read from the request for the constitution. */
export interface AskedFor {
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
export function readPrompt(text: string): AskedFor {
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
