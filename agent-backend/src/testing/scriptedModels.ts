import type {
  CallContext,
  ImageRequest,
  MediaReply,
  ModelRequest,
  Models,
  SpeechRequest,
  TextRequest,
} from '../models/ports.ts';

/** A whole picture of one pixel. */
export const PNG = Uint8Array.from(
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
);

/** The answer to each kind of request; a kind that is left out must not be called. */
export interface ModelScript {
  /** Returns a document, or the text of a reply. */
  text?: (request: TextRequest, context: CallContext) => unknown;
  image?: (request: ImageRequest, context: CallContext) => Uint8Array | Promise<Uint8Array>;
  /** Returns raw samples. */
  speech?: (request: SpeechRequest, context: CallContext) => Uint8Array | Promise<Uint8Array>;
}

export interface ScriptedModels extends Models {
  /** Every request, in order. */
  readonly requests: readonly ModelRequest[];
}

/** For tests about something else: answers every request with a small picture or a moment of silence. */
export const PLAIN_MEDIA: ModelScript = { image: () => PNG, speech: () => new Uint8Array(480) };

/** Models that answer only as scripted. */
export function scriptedModels(script: ModelScript): ScriptedModels {
  const requests: ModelRequest[] = [];
  const take = <Request extends ModelRequest, Reply>(
    request: Request,
    context: CallContext,
    reply: ((request: Request, context: CallContext) => Reply) | undefined,
  ): Reply => {
    requests.push(request);
    if (reply === undefined) throw new Error(`nobody expected a ${request.kind} request of ${request.task}`);
    return reply(request, context);
  };
  const facts = (kind: string) => ({
    modelVersion: `scripted-${kind}`,
    usage: { input: {}, cachedInput: 0, output: {}, thoughts: 0 },
    attempts: 1,
    latencyMs: 1,
  });
  const media = async (
    bytes: Uint8Array | Promise<Uint8Array>,
    kind: string,
    mimeType: string,
  ): Promise<MediaReply> => ({
    bytes: await bytes,
    mimeType,
    facts: facts(kind),
  });
  return {
    requests,
    modelId: (kind) => `scripted-${kind}`,
    async text(request, context) {
      const document = await take(request, context, script.text);
      return { text: typeof document === 'string' ? document : JSON.stringify(document), facts: facts('text') };
    },
    image: async (request, context) => media(take(request, context, script.image), 'image', 'image/png'),
    speech: async (request, context) =>
      media(take(request, context, script.speech), 'speech', 'audio/L16;codec=pcm;rate=24000'),
  };
}
