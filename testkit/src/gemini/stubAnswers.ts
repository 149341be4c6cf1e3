import type {
  AspectRatio,
  CallContext,
  ImageRequest,
  Models,
  ReferenceImage,
  Speaker,
  SpeechRequest,
  TextRequest,
} from '@story-tree/agent-backend';
import { createStubModels, type StubSettings } from '@story-tree/stub-models';
import type { AnswerCall } from './answers.ts';
import { textOf, type WireCall, type WirePart } from './wire.ts';

type Task = TextRequest['task'];

/** The task of each request, by a property that only its schema requires. */
const TASK_BY_PROPERTY: Readonly<Record<string, Task>> = {
  proposed_story_title: 'CREATE_CONSTITUTION',
  next_scenelets: 'CREATE_INTERACTIVE_SCRIPT',
  character_designs: 'CREATE_VISUAL_DESIGN',
  character_model_sheets: 'CREATE_VISUAL_REFERENCE',
  narrator_voice_profile: 'CREATE_AUDIO_DESIGN',
  shots: 'CREATE_SHOT_PRODUCTION',
  reply: 'CONSTITUTION_CHAT_UPDATE',
};

/** Lets the stub models answer the requests. */
export function answerFromStub(settings: StubSettings = {}): AnswerCall {
  const models = createStubModels(settings);
  const context: CallContext = { signal: new AbortController().signal };
  return (call) => ANSWERS[call.kind](models, call, context);
}

const ANSWERS = {
  text: async (models: Models, call: WireCall, context: CallContext) => models.text(textRequest(call), context),
  image: async (models: Models, call: WireCall, context: CallContext) => models.image(imageRequest(call), context),
  speech: async (models: Models, call: WireCall, context: CallContext) => models.speech(speechRequest(call), context),
};

function textRequest({ body }: WireCall): TextRequest {
  const schema = body.generationConfig?.responseJsonSchema ?? {};
  return {
    kind: 'text',
    task: taskOfSchema(schema),
    system: textOf(body.systemInstruction),
    turns: (body.contents ?? []).map((content) => ({
      role: content.role === 'model' ? 'model' : 'user',
      text: textOf(content),
    })),
    schema,
  };
}

function taskOfSchema(schema: Record<string, unknown>): Task {
  const required = Array.isArray(schema.required) ? schema.required : [];
  const property = Object.keys(TASK_BY_PROPERTY).find((name) => required.includes(name));
  const task = property && TASK_BY_PROPERTY[property];
  if (task === undefined) throw new Error(`No workflow task asks for a document with ${required.join(', ')}.`);
  return task;
}

function imageRequest({ body }: WireCall): ImageRequest {
  const parts = partsOf(body.contents?.at(-1)?.parts);
  const prompt = parts.at(-1)?.text ?? '';
  return {
    kind: 'image',
    task: taskOfPrompt(prompt),
    system: textOf(body.systemInstruction),
    prompt,
    references: referencesOf(parts),
    aspectRatio: (body.generationConfig?.imageConfig?.aspectRatio ?? '16:9') as AspectRatio,
  };
}

function taskOfPrompt(prompt: string): Task {
  const keys = Object.keys(JSON.parse(prompt));
  if (keys.includes('character_design')) return 'CREATE_CHARACTER_MODEL_SHEET';
  return keys.includes('environment_design') ? 'CREATE_ENVIRONMENT_REFERENCE_IMAGE' : 'CREATE_SHOT_IMAGES';
}

/** Each image follows its caption. */
function referencesOf(parts: readonly WirePart[]): ReferenceImage[] {
  return parts.flatMap(({ inlineData }, index) =>
    inlineData?.data === undefined
      ? []
      : [
          {
            caption: parts[index - 1]?.text ?? '',
            mimeType: inlineData.mimeType ?? '',
            bytes: Buffer.from(inlineData.data, 'base64'),
          },
        ],
  );
}

function speechRequest({ body }: WireCall): SpeechRequest {
  const prompt = textOf(body.contents?.at(-1));
  const { voiceConfig, multiSpeakerVoiceConfig } = body.generationConfig?.speechConfig ?? {};
  const speakers = (multiSpeakerVoiceConfig?.speakerVoiceConfigs ?? []).map(
    (config): Speaker => ({
      name: config.speaker ?? '',
      voiceName: config.voiceConfig?.prebuiltVoiceConfig?.voiceName ?? '',
    }),
  );
  const alone: Speaker = {
    name: firstSpeaker(prompt),
    voiceName: voiceConfig?.prebuiltVoiceConfig?.voiceName ?? '',
  };
  const [first = alone, second] = speakers;
  return { kind: 'speech', task: 'CREATE_SHOT_AUDIO', prompt, speakers: second ? [first, second] : [first] };
}

/** A single voice is sent without a name; the transcript has it. */
function firstSpeaker(prompt: string): string {
  return /^TRANSCRIPT\s*\n([^:\n]+):/m.exec(prompt)?.[1]?.trim() ?? '';
}

function partsOf(parts: WirePart[] | undefined): readonly WirePart[] {
  return parts ?? [];
}
