import { type ErrorCode, type Issue, StoryTreeError } from '@story-tree/domain';
import { z } from 'zod';
import { parseJsonReply } from './jsonReply.ts';
import type { TextRequest, TextTurn } from './ports.ts';

export interface DocumentRequest<T> {
  system: string;
  /** The first turn of the user. */
  user: string;
  /** See `TextRequest.sharedPrefix`. */
  sharedPrefix?: string;
  schema: z.ZodType<T>;
  /** Checks that a schema cannot express, such as ids that must exist. */
  validate?(document: T): readonly Issue[];
  /** Called with the JSON of the reply as it is written, starting over with each try. */
  onText?(soFar: string): void;
}

/** A reply, with the id of its call in the journal. */
export interface JournaledText {
  callId: string;
  text: string;
}

/** Calls of a text model, as the caller makes them: journal and budget come first. */
export interface TextCalls {
  /** `onText` is called with the reply as it is written; a reply from the journal is returned at once instead. */
  text(request: TextRequest, onText?: (soFar: string) => void): Promise<JournaledText>;
  /** Marks unusable replies, so that they are not replayed. */
  discard(callIds: readonly string[]): Promise<void>;
  /** Reports that the document is asked for again, and why. */
  retrying(message: string): void;
}

/** A first try and two re-asks: more rarely help and always cost. */
const TRIES = 3;

/** How many issues are quoted to the model. */
const QUOTED_ISSUES = 12;

/** Characters of an issue that people are shown. */
const SHOWN_LENGTH = 120;

/** Characters of an issue that are quoted to the model: issues repeat ids and lines, which may be of any length. */
const QUOTED_LENGTH = 500;

/**
 * Asks until the reply is a valid document. A chain of tries that fails because of its content is discarded, so that the
 * next run does not replay its way into the same failure.
 *
 * @throws StoryTreeError `model_reply_invalid` after the last try, or whatever the call itself throws
 */
export async function askForDocument<T>(task: string, request: DocumentRequest<T>, calls: TextCalls): Promise<T> {
  const turns: TextTurn[] = [{ role: 'user', text: request.user }];
  const chain: string[] = [];
  try {
    for (let tries = 1; ; tries += 1) {
      const { reply, checked } = await ask(textRequest(task, request, turns), request, calls);
      if (reply !== undefined) chain.push(reply.callId);
      if (checked.ok) return checked.document;
      if (tries >= TRIES) throw unusable(checked.issues);
      calls.retrying(`The reply cannot be used (${described(checked.issues.slice(0, 1))}). Asking again.`);
      request.onText?.('');
      if (reply === undefined) continue;
      turns.push({ role: 'model', text: reply.text }, { role: 'user', text: reask(checked.issues) });
    }
  } catch (error) {
    if (isContentFailure(error)) await calls.discard(chain);
    throw error;
  }
}

/** One try, and what it brought. A reply that was too large to be read is missing: the same request is sent again then. */
async function ask<T>(
  call: TextRequest,
  request: DocumentRequest<T>,
  calls: TextCalls,
): Promise<{ reply?: JournaledText; checked: Checked<T> }> {
  let reply: JournaledText;
  try {
    reply = await calls.text(call, request.onText);
  } catch (error) {
    if (!(error instanceof StoryTreeError) || error.code !== 'model_reply_invalid') throw error;
    return { checked: { ok: false, issues: [{ path: '', message: error.message }] } };
  }
  return { reply, checked: await check(reply.text, request) };
}

/**
 * Failures that the replies so far led to: nothing usable, or a request that the model will not answer. Continuing from them
 * would end the same way. Any other failure says nothing against the replies, so the next run continues from them.
 */
const CONTENT_FAILURES: ReadonlySet<ErrorCode> = new Set(['model_reply_invalid', 'model_blocked', 'model_truncated']);

function isContentFailure(error: unknown): boolean {
  return error instanceof StoryTreeError && CONTENT_FAILURES.has(error.code);
}

function textRequest<T>(task: string, request: DocumentRequest<T>, turns: readonly TextTurn[]): TextRequest {
  return {
    kind: 'text',
    task,
    system: request.system,
    turns: [...turns],
    schema: z.toJSONSchema(request.schema, { io: 'input' }),
    ...(request.sharedPrefix === undefined ? {} : { sharedPrefix: request.sharedPrefix }),
  };
}

type Checked<T> = { ok: true; document: T } | { ok: false; issues: readonly Issue[] };

async function check<T>(text: string, request: DocumentRequest<T>): Promise<Checked<T>> {
  let json: unknown;
  try {
    json = await parseJsonReply(text);
  } catch {
    return { ok: false, issues: [{ path: '', message: 'the reply is not JSON' }] };
  }
  const parsed = request.schema.safeParse(json);
  if (!parsed.success) {
    const issues = parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
    return { ok: false, issues: quotable(issues) };
  }
  const issues = request.validate?.(parsed.data) ?? [];
  return issues.length > 0 ? { ok: false, issues: quotable(issues) } : { ok: true, document: parsed.data };
}

/** A reply can have thousands of issues, each of any length. */
function quotable(issues: readonly Issue[]): Issue[] {
  return issues
    .slice(0, QUOTED_ISSUES)
    .map(({ path, message }) => ({ path, message: shortened(message, QUOTED_LENGTH) }));
}

/** For people. */
function described(issues: readonly Issue[]): string {
  return issues
    .map(({ path, message }) => shortened(path === '' ? message : `${path}: ${message}`, SHOWN_LENGTH))
    .join('; ');
}

function shortened(text: string, length: number): string {
  const characters = [...text.replace(/[\s\p{C}]+/gu, ' ').trim()];
  return characters.length <= length ? characters.join('') : `${characters.slice(0, length).join('')}…`;
}

function reask(issues: readonly Issue[]): string {
  const lines = issues.map(({ path, message }) => `- ${path === '' ? 'reply' : path}: ${message}`);
  return `Your reply cannot be used as it is:\n${lines.join('\n')}\nSend the whole corrected JSON document again.`;
}

function unusable(issues: readonly Issue[]): StoryTreeError {
  return new StoryTreeError(
    'model_reply_invalid',
    `The model's reply could not be used after ${TRIES} tries (${described(issues.slice(0, 3))}). ` +
      'Run the task again; what was finished is kept.',
    { issues },
  );
}
