import { describe } from 'vitest';
import { BACKENDS } from '../worker/support/workshop.ts';
import { itSurvives } from './itSurvives.ts';

describe.each(BACKENDS)('one round of torture', (backend) => itSurvives(backend, 1));
