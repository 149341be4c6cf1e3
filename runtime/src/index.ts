/** The wiring shared by all programs: command line, worker, web app and supervisor. */
export { type Configuration, configurationOf, readConfiguration } from './configuration.ts';
export { divertConsole } from './consoleLines.ts';
export { type Environment, places, shownValue } from './environment.ts';
export { createEstimator, type EstimateRequest, type Estimator, type RunScope } from './estimator.ts';
export { explained, withReason } from './explained.ts';
export { type RealtimeProject, readLiveUpdates } from './liveUpdates.ts';
export { isLoopback } from './loopback.ts';
export { createModels, defaultMode, modeNote } from './models.ts';
export { openMigratedDatabase } from './openMigratedDatabase.ts';
export { proxyFor } from './proxies.ts';
export { type Secrets, secretsOf } from './secrets.ts';
export { type ListedOperators, readSignIn, type SignInSettings } from './signIn.ts';
export { requireStoryFolders, storyFolders } from './storyFolders.ts';
export { coloured, oneLine, printable, printableJson } from './terminalText.ts';
export { type RunSetting, workflowDependencies } from './workflowDependencies.ts';
