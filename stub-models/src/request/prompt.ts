/** What a person asked for, as far as the request for the constitution tells. */
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

/** Reads the prompt and the options out of the request; all of the text is the prompt where no line says so. */
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
