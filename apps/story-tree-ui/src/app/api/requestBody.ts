import { StoryTreeError } from '@story-tree/domain';
import { BODY_LIMIT } from '../../wire/index.ts';

/** How deep a body may be nested: code that walks through it later recurses as deeply. */
const DEPTH = 32;

/**
 * Reads a whole body, whether or not its length was declared.
 * @throws StoryTreeError `payload_too_large`, `bad_request` where the client left before its end
 */
export async function readBody(request: Request): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  for await (const chunk of received(request)) {
    length += chunk.byteLength;
    if (length > BODY_LIMIT) {
      throw new StoryTreeError('payload_too_large', `The body is longer than ${BODY_LIMIT} bytes: send less.`);
    }
    chunks.push(chunk);
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

async function* received({ body }: Request): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  try {
    yield* body ?? [];
  } catch (cause) {
    throw new StoryTreeError('bad_request', 'The request ended before its body was complete: send it again.', {
      cause,
    });
  }
}

/**
 * Parses a body as JSON.
 * @throws StoryTreeError `unsupported_media_type`, `bad_request`
 */
export function parseJson(headers: Headers, body: Uint8Array): unknown {
  requireJson(headers);
  const value = parse(body);
  if (isTooDeep(value)) {
    throw new StoryTreeError('bad_request', `The body is nested more than ${DEPTH} levels deep: flatten it.`);
  }
  return value;
}

function requireJson(headers: Headers): void {
  const [type = '', ...parameters] = (headers.get('content-type') ?? '').toLowerCase().split(';');
  const charset = parameters.map((parameter) => parameter.trim()).find((parameter) => parameter.startsWith('charset='));
  const isUtf8 = charset === undefined || /^charset="?utf-8"?$/.test(charset);
  const isPlain = (headers.get('content-encoding') ?? 'identity') === 'identity';
  if (type.trim() === 'application/json' && isUtf8 && isPlain) return;
  throw new StoryTreeError('unsupported_media_type', 'The body must be JSON in UTF-8: send it as application/json.');
}

function parse(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch (cause) {
    throw new StoryTreeError('bad_request', 'The body is not valid JSON: fix it and send it again.', {
      cause,
    });
  }
}

/** Level by level, since a recursive function would run out of stack before it could tell. */
function isTooDeep(value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; depth <= DEPTH; depth += 1) {
    level = level.flatMap((item) => (typeof item === 'object' && item !== null ? Object.values(item) : []));
    if (level.length === 0) return false;
  }
  return true;
}
