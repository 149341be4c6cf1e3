import {
  type AnswerCall,
  digest,
  type GeminiServer,
  startGeminiServer,
  type WireCall,
  withoutBytes,
} from '@story-tree/testkit/gemini/geminiServer.ts';
import { answerFromStub } from '@story-tree/testkit/gemini/stubAnswers.ts';

/** How long every reply takes: long enough to be interrupted. */
const LATENCY_MS = 100;

/** The smallest story that has a choice: it is made within seconds. */
const STORY = { sceneletCount: 3, shotsPerScenelet: 1, branching: 2 };

/** Identifies a request by what it asks, no matter who makes it or when. */
export function placeOf({ model, body }: WireCall): string {
  return digest(Buffer.from(JSON.stringify([model, withoutBytes(body)])));
}

/** Starts models behind HTTP, whose replies depend on what is asked and on nothing else. */
export function startModels(): Promise<GeminiServer> {
  return startGeminiServer({ latencyMs: LATENCY_MS, answer: remembering(answerFromStub(STORY)) });
}

/** All stories of a run are the same, so each reply has to be made only once. */
function remembering(answer: AnswerCall): AnswerCall {
  const known = new Map<string, ReturnType<AnswerCall>>();
  return (call) => {
    const place = placeOf(call);
    const made = known.get(place) ?? answer(call);
    known.set(place, made);
    return made;
  };
}
