import { itSurvivesOneRound } from './oneRound.ts';

itSurvivesOneRound('redis');
