import { afterAll, beforeAll, describe, it } from 'vitest';
import type { FaultName } from '../support/geminiServer.ts';
import { expectSurvived, type FaultStage, makeFaultStage } from './faultScenario.ts';

let stage: FaultStage;

beforeAll(async () => {
  stage = await makeFaultStage();
});
afterAll(() => stage.remove());

/** One of each class; the long tests have them all, and the adapter's own tests too. */
const SAMPLE: readonly FaultName[] = [
  'rate-limited',
  'socket-reset',
  'stall-mid-body',
  'malformed-body',
  'bad-request',
];

describe.each(['text', 'image', 'speech'] as const)('a fault at one %s call', (kind) => {
  it.each(SAMPLE)('%s: ends well or fails clearly, and goes on once it is gone', (fault) =>
    expectSurvived(stage, kind, fault),
  );
});
