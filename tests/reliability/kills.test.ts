import { describe } from 'vitest';
import { BACKENDS } from '../worker/support/workshop.ts';
import { itSurvives } from './support/survival.ts';

/** Each kind at least once. */
const FAULTS = { postgres: 5, redis: 7 };

describe.each(BACKENDS)('the whole product, jobs on %s', (backend) => {
  itSurvives(backend, { faults: FAULTS[backend], crowd: 1 });
});
