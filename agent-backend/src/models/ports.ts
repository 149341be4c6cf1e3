export const MODEL_KINDS = ['text', 'image', 'speech'] as const;
export type ModelKind = (typeof MODEL_KINDS)[number];

/** One turn of a conversation with a text model. Every request starts and ends with a turn of the user. */
export interface TextTurn {
  role: 'user' | 'model';
  text: string;
}

/** Asks for one JSON document of a fixed shape. */
export interface TextRequest {
  kind: 'text';
  /** Which workflow task asks. Never sent; for journals, logs and the stub. */
  task: string;
  system: string;
  turns: readonly TextTurn[];
  /**
   * What the first turn begins with, when other calls begin with the very same text: it is then hashed and stored once.
   * The first turn holds it all the same.
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

export type AspectRatio = '1:1' | '4:3' | '3:4' | '16:9' | '9:16' | '21:9';

export interface ImageRequest {
  kind: 'image';
  task: string;
  system: string;
  /** JSON of what to draw. */
  prompt: string;
  references: readonly ReferenceImage[];
  aspectRatio: AspectRatio;
}

/** A voice for one speaker: `name` as it stands in the transcript, `voiceName` one of the prebuilt voices. */
export interface Speaker {
  name: string;
  voiceName: string;
}

export interface SpeechRequest {
  kind: 'speech';
  task: string;
  /** Directions and voice profiles, then a line `TRANSCRIPT`, then one line `<speaker name>: <words>` for each line. */
  prompt: string;
  /** One or two: no speech model takes more. */
  speakers: readonly [Speaker] | readonly [Speaker, Speaker];
}

export type ModelRequest = TextRequest | ImageRequest | SpeechRequest;

export const MODALITIES = ['text', 'image', 'audio'] as const;
export type Modality = (typeof MODALITIES)[number];

/** Tokens of one call, all attempts together. */
export interface TokenUsage {
  input: Partial<Record<Modality, number>>;
  /** Part of the input that was billed at the cache rate. */
  cachedInput: number;
  output: Partial<Record<Modality, number>>;
  thoughts: number;
}

/** What is known of a call that was sent. */
export interface CallFacts {
  /** The model that answered; requests can be rerouted. */
  modelVersion: string;
  responseId?: string;
  usage: TokenUsage;
  /** Requests sent, the one that was answered included. */
  attempts: number;
  /** From the first request to the outcome, waits between attempts included. */
  latencyMs: number;
}

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

/** What the caller of a model lends it for one call. */
export interface CallContext {
  signal: AbortSignal;
  /** Called before each further attempt, with a sentence for people and the wait in milliseconds. */
  onRetry?(reason: string, waitMs: number): void;
  /** Called when the service asks for less load; `pauseMs` is how long it wants to be left alone. */
  onThrottled?(pauseMs: number): void;
  /** Called before a call throws, with what it cost all the same: refused, empty and truncated replies are billed. */
  onWasted?(facts: CallFacts): void;
  /**
   * Asks a text model to send its reply as it writes it, and is called with all of the text so far each time there is
   * more. It begins anew with an empty text when an attempt failed halfway. The call returns the whole reply all the same.
   */
  onText?(soFar: string): void;
}

/** The one way out to models: the Gemini adapter and the stub both implement it fully. */
export interface Models {
  /** The id that a request of this kind will be sent to; part of what makes two requests the same. */
  modelId(kind: ModelKind): string;
  text(request: TextRequest, context: CallContext): Promise<TextReply>;
  image(request: ImageRequest, context: CallContext): Promise<MediaReply>;
  speech(request: SpeechRequest, context: CallContext): Promise<MediaReply>;
}
