import { type Content, type GenerateContentConfig, type Part, ThinkingLevel } from '@google/genai';
import type { CallContext, TextRequest } from '../../models/ports.ts';
import type { CallPlan } from './call.ts';
import { normalizeSchema } from './schema.ts';

/** The most that Gemini's text models write in one reply. */
const MOST_OUTPUT_TOKENS = 65_536;

/** Thinking for models that are told tokens instead of a level. */
const SMALL_THINKING_BUDGET = 1_024;

/** One JSON document, as a stream when somebody listens to it. */
export function planText(request: TextRequest, model: string, onText: CallContext['onText']): CallPlan<string> {
  const contents = request.turns.map(({ role, text }): Content => ({ role, parts: [{ text }] }));
  const schema = normalizeSchema(request.schema);
  const listener = onText && tellInSteps(onText);
  return {
    parameters: (roomier) => ({
      model,
      contents,
      config: {
        ...(request.system === '' ? {} : { systemInstruction: request.system }),
        responseMimeType: 'application/json',
        responseJsonSchema: schema,
        ...(roomier ? moreRoom(model) : {}),
      },
    }),
    read: (parts) => {
      listener?.(parts, true);
      const text = textOf(parts);
      return text.trim() === '' ? undefined : text;
    },
    onParts: listener,
  };
}

/** Part of a text by which it has to grow before it is told again: whoever listens reads all of it each time. */
const STEP = 1 / 64;

/** Tells a text in steps that grow with it, so that all of them together take the time of some dozens of it. */
function tellInSteps(onText: (soFar: string) => void): (parts: readonly Part[], isWhole?: boolean) => void {
  let told = 0;
  return (parts, isWhole = false) => {
    const length = saidIn(parts).reduce((sum, { text = '' }) => sum + text.length, 0);
    const isDue = isWhole ? length > told : length === 0 || length >= told + Math.floor(told * STEP);
    if (!isDue) return;
    told = length;
    onText(textOf(parts));
  };
}

/** What a model says, without what it thought before. */
function textOf(parts: readonly Part[]): string {
  return saidIn(parts)
    .map(({ text = '' }) => text)
    .join('');
}

function saidIn(parts: readonly Part[]): readonly Part[] {
  return parts.filter((part) => part.thought !== true);
}

/** Unlimited is the default already: what fills a reply up is thinking, so there is less of that. */
function moreRoom(model: string): GenerateContentConfig {
  const thinkingConfig = /gemini-2\./.test(model)
    ? { thinkingBudget: SMALL_THINKING_BUDGET }
    : { thinkingLevel: ThinkingLevel.LOW };
  return { maxOutputTokens: MOST_OUTPUT_TOKENS, thinkingConfig };
}
