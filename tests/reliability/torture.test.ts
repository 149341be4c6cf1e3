import { describe } from 'vitest';
import { BACKENDS } from '../worker/support/workshop.ts';
import { itSurvives } from './itSurvives.ts';

/** Always the same, so that a change that breaks it is not another's; the long tests and `npm run torture` draw anew. */
const SEED = 1;

describe.each(BACKENDS)('one round of torture', (backend) => itSurvives(backend, 1, SEED));
