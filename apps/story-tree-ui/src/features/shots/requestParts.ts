/** A part of a request under a name for people. */
export interface RequestPart {
  name: string;
  text: string;
}

/** How the parts of a request are called, in the order in which one wants to see them. */
const NAMES: Readonly<Record<string, string>> = {
  prompt: 'Prompt',
  speakers: 'Voices',
  references: 'Pictures sent along',
  system: 'Instructions',
  aspectRatio: 'Shape',
  model: 'Model',
};

/** A request to a model, part by part; parts that have no name of ours come last under their own. */
export function requestParts(request: unknown): RequestPart[] {
  if (!isRecord(request)) return [{ name: 'Request', text: readable(request) }];
  const known = Object.keys(NAMES).filter((key) => key in request);
  const others = Object.keys(request).filter((key) => !(key in NAMES) && key !== 'kind');
  return [...known, ...others]
    .map((key) => ({ name: NAMES[key] ?? key, text: readable(request[key]) }))
    .filter(({ text }) => text !== '');
}

function readable(value: unknown): string {
  if (typeof value === 'string') return indented(value);
  if (Array.isArray(value)) return value.map(oneLine).join('\n');
  return JSON.stringify(value, null, 2) ?? '';
}

/** JSON within a text is laid out; all other texts stay as they are. */
function indented(text: string): string {
  if (!/^\s*[[{]/.test(text)) return text;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

function oneLine(item: unknown): string {
  if (!isRecord(item)) return readable(item);
  if (typeof item.caption === 'string') return item.caption;
  return Object.values(item).map(String).join(': ');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
