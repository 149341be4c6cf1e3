/** The engine's ports without a database, a disk or a service, for the tests of programs that build on it. */

export { createMemoryJournal, type JournaledCall, type MemoryJournal } from '../models/memoryJournal.ts';
export { createMemoryAssets, type MemoryAssets } from './memoryAssets.ts';
export { createMemoryRepositories, noRows, type Rows } from './memoryRepositories.ts';
export { type ModelScript, PLAIN_MEDIA, PNG, type ScriptedModels, scriptedModels } from './scriptedModels.ts';
