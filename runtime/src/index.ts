/** The wiring that all programs share: command line, worker, web app and supervisor. */
export { DEFAULT_CONCURRENCY } from './concurrency.ts';
export { type Environment, parseEnvironment, places, readEnvironment } from './environment.ts';
export { createEstimator, type EstimateRequest, type Estimator, type RunScope } from './estimator.ts';
export { createModels, defaultMode, modeNote } from './models.ts';
export { openMigratedDatabase } from './openMigratedDatabase.ts';
export { type ListedOperators, readSignIn, type SignInSettings } from './signIn.ts';
export { coloured, oneLine, printable, printableJson } from './terminalText.ts';
export { type RunSetting, workflowDependencies } from './workflowDependencies.ts';
