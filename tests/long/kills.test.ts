import { describe } from 'vitest';
import { itSurvives } from '../reliability/support/survival.ts';
import { BACKENDS } from '../worker/support/workshop.ts';

const FAULTS = 25;

describe.each(BACKENDS)('the whole product, jobs on %s', (backend) => {
  itSurvives(backend, { faults: FAULTS, crowd: 3 });
});
