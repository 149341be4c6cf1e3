import {
  type AnswerCall,
  digest,
  type GeminiServer,
  startGeminiServer,
  type WireCall,
  withoutBytes,
} from '@story-tree/testkit/gemini/geminiServer.ts';
import { answerFromStub } from '@story-tree/testkit/gemini/stubAnswers.ts';

/** As long as every answer takes: long enough to be interrupted. */
const LATENCY_MS = 100;

/** A story that is made within seconds and yet has a choice. */
const STORY = { sceneletCount: 4, shotsPerScenelet: 1, branching: 2 };

/** What a request is about, whoever makes it and when. */
export function placeOf({ model, body }: WireCall): string {
  return digest(Buffer.from(JSON.stringify([model, withoutBytes(body)])));
}

/** Models behind HTTP, whose answers go by what is asked and by nothing else. */
export function startModels(): Promise<GeminiServer> {
  return startGeminiServer({ latencyMs: LATENCY_MS, answer: remembering(answerFromStub(STORY)) });
}

/** All stories of a run are the same one, so that each answer has to be made but once. */
function remembering(answer: AnswerCall): AnswerCall {
  const known = new Map<string, ReturnType<AnswerCall>>();
  return (call) => {
    const place = placeOf(call);
    const made = known.get(place) ?? answer(call);
    known.set(place, made);
    return made;
  };
}
