import { itSurvivesTwoRounds } from './twoRounds.ts';

itSurvivesTwoRounds('redis');
