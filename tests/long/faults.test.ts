import { faultNamesOf } from '@story-tree/testkit/gemini/geminiServer.ts';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { expectSurvived, type FaultStage, makeFaultStage } from '../pipeline/faultScenario.ts';

let stage: FaultStage;

beforeAll(async () => {
  stage = await makeFaultStage();
});
afterAll(() => stage.remove());

describe.each(['text', 'image', 'speech'] as const)('every fault at one %s call', (kind) => {
  it.each(faultNamesOf(kind))('%s', (fault) => expectSurvived(stage, kind, fault));
});
