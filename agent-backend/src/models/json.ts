import { StoryTreeError } from '@story-tree/domain';
import { jsonrepair } from 'jsonrepair';

/**
 * The JSON document in a model's reply, which may stand in a code fence or between sentences. Slips of notation (trailing
 * commas, single quotes, bare line breaks) are repaired; a document that was cut off is not, since a repair would invent
 * its end. Call it with complete replies only.
 * @throws StoryTreeError `model_reply_invalid` when there is no document in it
 */
export function parseJsonReply(text: string): unknown {
  const bare = stripFence(text);
  const whole = tryParse(bare);
  if (typeof whole === 'object' && whole !== null) return whole;

  const document = outermostObject(bare) ?? fromFirstToLastBrace(bare);
  if (document === undefined) throw invalid('The model did not answer with JSON.');
  const parsed = tryParse(document);
  if (parsed !== undefined) return parsed;
  return repair(document);
}

function stripFence(text: string): string {
  const trimmed = text.replace(/^\uFEFF/, '').trim();
  const fenced = /^```[a-z]*\s*\n([\s\S]*?)\n?```$/i.exec(trimmed);
  return (fenced?.[1] ?? trimmed).trim();
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The longest stretch from a brace to its partner, braces within strings set aside. */
function outermostObject(text: string): string | undefined {
  let longest: string | undefined;
  let depth = 0;
  let start = 0;
  let inString = false;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (inString) {
      if (character === '\\') index += 1;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = depth > 0;
    else if (character === '{') {
      if (depth === 0) start = index;
      depth += 1;
    } else if (character === '}' && depth > 0) {
      depth -= 1;
      if (depth > 0) continue;
      const span = text.slice(start, index + 1);
      if (longest === undefined || span.length > longest.length) longest = span;
    }
  }
  return longest;
}

/** For documents whose quotes are so wrong that partners cannot be told. */
function fromFirstToLastBrace(text: string): string | undefined {
  const start = text.indexOf('{');
  if (start < 0) return undefined;
  const end = text.lastIndexOf('}');
  return end > start ? text.slice(start, end + 1) : text.slice(start);
}

function repair(document: string): unknown {
  if (!isClosed(document)) throw invalid('The model broke off in the middle of its JSON.');
  try {
    const repaired: unknown = JSON.parse(jsonrepair(document));
    if (typeof repaired === 'object' && repaired !== null) return repaired;
  } catch {
    // Falls through to the same sentence: a notation that is beyond repair.
  }
  throw invalid('The model answered with JSON that cannot be read.');
}

/** As many closing as opening brackets. Strings count too: where quotes are broken nobody can tell what is inside one. */
function isClosed(document: string): boolean {
  const count = (character: string) => document.split(character).length - 1;
  return document.endsWith('}') && count('{') === count('}') && count('[') === count(']');
}

function invalid(message: string): StoryTreeError {
  return new StoryTreeError('model_reply_invalid', message);
}
