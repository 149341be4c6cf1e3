import { itSurvivesTwoRounds } from './twoRounds.ts';

itSurvivesTwoRounds('postgres');
