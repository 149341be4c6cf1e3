import type { ModelKind } from '@story-tree/agent-backend';
import type { FaultName } from '@story-tree/testkit/gemini/geminiServer.ts';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { expectSurvived, type FaultStage, makeFaultStage } from './faultScenario.ts';

let stage: FaultStage;

beforeAll(async () => {
  stage = await makeFaultStage();
});
afterAll(() => stage.remove());

/** One of each class, each where it hurts most; the long tests have them all everywhere, the adapter's own tests too. */
const SAMPLE = [
  { kind: 'text', fault: 'rate-limited' },
  { kind: 'text', fault: 'malformed-body' },
  { kind: 'text', fault: 'inflating-body' },
  { kind: 'image', fault: 'stall-mid-body' },
  { kind: 'image', fault: 'vast-webp' },
  { kind: 'image', fault: 'bad-request' },
  { kind: 'speech', fault: 'socket-reset' },
] as const satisfies readonly { kind: ModelKind; fault: FaultName }[];

describe('a fault at one call', () => {
  it.each(SAMPLE)('$kind, $fault: ends well or fails clearly, and continues once it is gone', ({ kind, fault }) =>
    expectSurvived(stage, kind, fault),
  );
});
