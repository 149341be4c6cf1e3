import type { ModelKind } from '@story-tree/agent-backend';
import { type FaultName, type GeminiServer, startGeminiServer } from '@story-tree/testkit/gemini/geminiServer.ts';
import { answerFromStub } from '@story-tree/testkit/gemini/stubAnswers.ts';
import { jsonOf, makeWorkplace, runCli, type Workplace } from '@story-tree/testkit/programs/cli.ts';
import { expect } from 'vitest';

export interface FaultStage {
  server: GeminiServer;
  place: Workplace;
  remove(): Promise<void>;
}

export async function makeFaultStage(): Promise<FaultStage> {
  const server = await startGeminiServer({
    answer: answerFromStub({ sceneletCount: 2, shotsPerScenelet: 1, branching: 2 }),
  });
  // A request that is never answered is given up after this time instead of minutes.
  const place = await makeWorkplace({
    GEMINI_API_KEY: 'k',
    GEMINI_BASE_URL: server.baseUrl,
    GEMINI_TIMEOUT_MS: '3000',
  });
  return {
    server,
    place,
    async remove() {
      await place.remove();
      await server.close();
    },
  };
}

/** One call meets a fault: the run ends well or fails in a way that a person understands, and goes on once it is gone. */
export async function expectSurvived({ server, place }: FaultStage, kind: ModelKind, fault: FaultName): Promise<void> {
  server.setFault({ fault, on: kind, nth: 2 });
  const first = await runCli(['run-all', '--prompt', 'A door', '--mode', 'real', '--json'], place.variables);
  const outcome = jsonOf(first);
  const sent = server.requests.length;
  server.setFault();
  if (first.code !== 0) {
    expect(first.code, first.stderr).toBe(1);
    expect(outcome).toMatchObject({ status: 'failed', error: { code: expect.stringMatching(/^model_/) } });
    expect(first.stderr).not.toMatch(/\n\s+at /);
  }
  const again = await runCli(['run-all', '--story-id', String(outcome.storyId), '--json'], place.variables);
  expect(again.code, again.stderr).toBe(0);
  if (first.code === 0) expect(server.requests.length).toBe(sent);
}
