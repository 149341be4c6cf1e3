import { Worker } from 'node:worker_threads';
import { StoryTreeError } from '@story-tree/domain';
import { keepsBounds } from './jsonBounds.ts';

/** Characters of a reply. Text models write at most 65,536 tokens of about four characters; this is twice that. */
const MAX_CHARACTERS = 500_000;

/** Our documents nest six deep, and a value takes two tokens or more. */
const BOUNDS = { depth: 32, values: 32_768 };

/** Milliseconds, including the start of a thread on a busy machine. A document that can be repaired takes a few. */
const REPAIR_TIMEOUT_MS = 5_000;

/** Megabytes that a repair may take, far more than any document needs. */
const REPAIR_MEMORY = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 };

/**
 * The JSON document in a model's reply, which may be in a code fence or between sentences. Slips of notation (trailing
 * commas, single quotes, bare line breaks) are repaired; a document that was cut off is not, since a repair would invent
 * its end. Call it with complete replies only. Takes time and memory in proportion to the reply, whatever is in it.
 * @param repairTimeoutMs how long a repair may take, in milliseconds
 * @throws StoryTreeError `model_reply_invalid` if the reply holds no document, or one that is too large or nested too deeply
 */
export async function parseJsonReply(text: string, repairTimeoutMs = REPAIR_TIMEOUT_MS): Promise<unknown> {
  if (text.length > MAX_CHARACTERS) throw invalid('The model sent a reply that is too long.');
  const bare = stripFence(text);
  const whole = tryParse(bare);
  if (isDocument(whole)) return whole;

  const document = outermostObject(bare) ?? fromFirstToLastBrace(bare);
  if (document === undefined) throw invalid('The model did not answer with JSON.');
  const parsed = tryParse(document);
  if (parsed !== undefined) return parsed;
  return await repair(document, repairTimeoutMs);
}

const FENCE = '```';

/** The text inside a code fence, whatever language follows its opening ticks; other texts unchanged. */
function stripFence(text: string): string {
  const trimmed = (text.startsWith('\uFEFF') ? text.slice(1) : text).trim();
  const start = trimmed.indexOf('\n');
  if (start < 0 || !trimmed.startsWith(FENCE) || !trimmed.endsWith(FENCE)) return trimmed;
  return trimmed.slice(start, -FENCE.length).trim();
}

function tryParse(text: string): unknown {
  if (!keepsBounds(text, BOUNDS))
    throw invalid('The model answered with JSON that is nested too deeply or has too many values.');
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isDocument(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** The longest stretch from a brace to its partner, ignoring braces inside strings. */
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

/** For documents whose quotes are so wrong that braces cannot be paired. */
function fromFirstToLastBrace(text: string): string | undefined {
  const start = text.indexOf('{');
  if (start < 0) return undefined;
  const end = text.lastIndexOf('}');
  return end > start ? text.slice(start, end + 1) : text.slice(start);
}

async function repair(document: string, timeoutMs: number): Promise<unknown> {
  if (!isClosed(document)) throw invalid('The model stopped in the middle of its JSON.');
  const repaired = await repairNotation(document, timeoutMs);
  const parsed = repaired === undefined ? undefined : tryParse(repaired);
  if (isDocument(parsed)) return parsed;
  throw invalid('The model answered with JSON that cannot be read.');
}

/**
 * A JSON text with its slips of notation repaired, or undefined if it cannot be. The library takes more than quadratic time
 * with some texts (sixteen thousand stray quotes: a minute) and recurses as deep as they nest, so it runs in a thread of
 * its own, which is stopped when it takes too long.
 */
async function repairNotation(text: string, timeoutMs: number): Promise<string | undefined> {
  const worker = new Worker(new URL('./repairJsonWorker.ts', import.meta.url), {
    workerData: text,
    resourceLimits: REPAIR_MEMORY,
    // The thread needs neither this process's preloaded modules nor its environment.
    execArgv: [],
    env: {},
  });
  const { promise, resolve } = Promise.withResolvers<string | undefined>();
  const timer = setTimeout(resolve, timeoutMs, undefined);
  worker.once('message', resolve);
  // The text cannot be repaired, or takes more memory than is allowed.
  worker.once('error', () => resolve(undefined));
  worker.once('exit', () => resolve(undefined));
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}

/** As many closing as opening brackets. Strings count too: with broken quotes nobody can tell what is inside one. */
function isClosed(document: string): boolean {
  const count = (character: string) => document.split(character).length - 1;
  return document.endsWith('}') && count('{') === count('}') && count('[') === count(']');
}

function invalid(message: string): StoryTreeError {
  return new StoryTreeError('model_reply_invalid', message);
}
