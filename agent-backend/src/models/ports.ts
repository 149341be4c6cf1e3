/** The kinds of model that the engine calls. */
export const MODEL_KINDS = ['text', 'image', 'speech'] as const;
export type ModelKind = (typeof MODEL_KINDS)[number];

/** One turn of a conversation with a text model. Every request starts and ends with a user turn. */
export interface TextTurn {
  role: 'user' | 'model';
  text: string;
}

/** Asks for one JSON document of a fixed shape. */
export interface TextRequest {
  kind: 'text';
  /** The workflow task that asks. Never sent; for the journal, logs and the stub. */
  task: string;
  system: string;
  turns: readonly TextTurn[];
  /**
   * The beginning of the first turn, if other calls begin with the same text: it is then hashed and stored only once. It is
   * still part of the first turn.
   */
  sharedPrefix?: string;
  /** JSON Schema of the reply (draft 2020-12). */
  schema: Readonly<Record<string, unknown>>;
}

/** An image sent along with a request so that the new one resembles it. */
export interface ReferenceImage {
  /** What the image shows, for the model: "Character model sheet of …". */
  caption: string;
  mimeType: string;
  bytes: Uint8Array;
}

/** Width to height. */
export type AspectRatio = '1:1' | '4:3' | '3:4' | '16:9' | '9:16' | '21:9';

/** Asks for one image. */
export interface ImageRequest {
  kind: 'image';
  task: string;
  system: string;
  /** JSON of what to draw. */
  prompt: string;
  references: readonly ReferenceImage[];
  aspectRatio: AspectRatio;
}

/** A voice for one speaker: `name` as in the transcript, `voiceName` one of the prebuilt voices. */
export interface Speaker {
  name: string;
  voiceName: string;
}

/** Asks for one recording. */
export interface SpeechRequest {
  kind: 'speech';
  task: string;
  /** Directions and voice profiles, then a line `TRANSCRIPT`, then one line `<speaker name>: <words>` for each line. */
  prompt: string;
  /** One or two: no speech model takes more. */
  speakers: readonly [Speaker] | readonly [Speaker, Speaker];
}

export type ModelRequest = TextRequest | ImageRequest | SpeechRequest;

/** What tokens stand for. */
export const MODALITIES = ['text', 'image', 'audio'] as const;
export type Modality = (typeof MODALITIES)[number];

/** Tokens of one call, all attempts together. */
export interface TokenUsage {
  input: Partial<Record<Modality, number>>;
  /** The part of the input that was billed at the cache rate. */
  cachedInput: number;
  output: Partial<Record<Modality, number>>;
  thoughts: number;
}

/** What is known about a call that was sent. */
export interface CallFacts {
  /** The model that answered: requests can be rerouted. */
  modelVersion: string;
  responseId?: string;
  usage: TokenUsage;
  /** Requests sent, including the one that was answered. */
  attempts: number;
  /** Milliseconds from the first request to the outcome, including waits between attempts. */
  latencyMs: number;
}

/** The complete text of a reply. */
export interface TextReply {
  text: string;
  facts: CallFacts;
}

/** An image or a sound, in whatever format the model chose to send. */
export interface MediaReply {
  bytes: Uint8Array;
  mimeType: string;
  facts: CallFacts;
}

/** What the caller provides for one call of a model. */
export interface CallContext {
  signal: AbortSignal;
  /** Called before each retry, with a sentence for people and the wait in milliseconds. */
  onRetry?(reason: string, waitMs: number): void;
  /** Called when the service asks for less load; `pauseMs` is how many milliseconds it asks to be left alone. */
  onThrottled?(pauseMs: number): void;
  /** Called before a call throws, with what it cost all the same: blocked, empty and truncated replies are billed. */
  onWasted?(facts: CallFacts): void;
  /**
   * If given, the text model streams its reply, and this is called with all of the text so far whenever more arrives. It
   * starts over with an empty text when an attempt fails halfway. The call still returns the complete reply.
   */
  onText?(soFar: string): void;
}

/** The port to the models: the Gemini adapter and the stub both implement it fully. */
export interface Models {
  /** The id of the model that a request of this kind goes to; part of a request's identity in the journal. */
  modelId(kind: ModelKind): string;
  /** Each call throws StoryTreeError: `cancelled` as soon as its signal aborts, else one of the `model_…` codes. */
  text(request: TextRequest, context: CallContext): Promise<TextReply>;
  image(request: ImageRequest, context: CallContext): Promise<MediaReply>;
  speech(request: SpeechRequest, context: CallContext): Promise<MediaReply>;
}
