/** Wiring that every composition root shares: command line, worker, web app and supervisor. */
export { createFileAssetStore } from '../assets/fileAssetStore.ts';
export { DEFAULT_CONCURRENCY } from './concurrency.ts';
export { type Environment, places, readEnvironment } from './environment.ts';
export { createEstimator, type EstimateRequest, type Estimator, type RunScope } from './estimator.ts';
export { type FollowOptions, followTask } from './followTask.ts';
export { createModels, defaultMode, modeNote } from './models.ts';
export { openMigratedDatabase } from './openMigratedDatabase.ts';
export { type ListedOperators, readSignIn, type SignInSettings } from './signIn.ts';
export { coloured, oneLine, printable } from './terminalText.ts';
export { type RunSetting, workflowDependencies } from './workflowDependencies.ts';
