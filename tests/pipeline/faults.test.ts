import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jsonOf, makeWorkplace, runCli, SMALL_STORY, type Workplace } from '../support/cli.ts';
import { answerFromStub } from '../support/gemini/stubAnswers.ts';
import { type FaultName, faultNamesOf, type GeminiServer, startGeminiServer } from '../support/geminiServer.ts';

const KINDS = ['text', 'image', 'speech'] as const;
/** Waiting for these to pass takes longer than a test should; the adapter's own tests have them with short waits. */
const SLOW: readonly FaultName[] = ['stall'] as FaultName[];

let server: GeminiServer;
let place: Workplace;

beforeAll(async () => {
  server = await startGeminiServer({ answer: answerFromStub({ sceneletCount: 3, shotsPerScenelet: 1, branching: 2 }) });
  place = await makeWorkplace({ ...SMALL_STORY, GEMINI_API_KEY: 'k', GEMINI_BASE_URL: server.baseUrl });
});
afterAll(async () => {
  await place.remove();
  await server.close();
});

describe.each(KINDS)('a fault at one %s call', (kind) => {
  const faults = faultNamesOf(kind).filter((name) => !SLOW.includes(name));

  it.each(faults)('%s: ends well, or fails with a sentence and a code, and resumes', async (fault) => {
    server.setFault({ fault, on: kind, nth: 2 });
    const first = await runCli(['run-all', '--prompt', 'A door', '--mode', 'real', '--json'], place.variables);
    const outcome = jsonOf(first);
    if (first.code !== 0) {
      expect(first.code).toBe(1);
      expect(outcome).toMatchObject({ status: 'failed', error: { code: expect.stringMatching(/^model_/) } });
      expect(first.stderr).not.toMatch(/\n\s+at |"k"/);
    }
    server.setFault();
    const sent = server.requests.length;
    const again = await runCli(['run-all', '--story-id', String(outcome.storyId), '--json'], place.variables);
    expect(again.code, again.stderr).toBe(0);
    if (first.code === 0) expect(server.requests.length).toBe(sent);
  });
});
