import { itSurvivesOneRound } from './oneRound.ts';

itSurvivesOneRound('postgres');
