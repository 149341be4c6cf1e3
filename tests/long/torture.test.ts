import { BACKENDS } from '@story-tree/testkit/worker/workshop.ts';
import { describe } from 'vitest';
import { itSurvives } from '../reliability/itSurvives.ts';
import { anySeed } from '../reliability/seed.ts';

const ROUNDS = 15;

describe.each(BACKENDS)('many rounds of torture', (backend) =>
  itSurvives({ backend, rounds: ROUNDS, usualSeed: anySeed(), troublesOf: () => [] }),
);
