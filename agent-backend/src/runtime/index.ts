/** Wiring that every composition root shares: command line, worker, web app and supervisor. */
export { createFileAssetStore } from '../assets/fileAssetStore.ts';
export { type Environment, places, readEnvironment } from './environment.ts';
export { type FollowOptions, followTask } from './followTask.ts';
export { createModels, defaultMode, modeNote } from './models.ts';
export { type RunSetting, workflowDependencies } from './workflowDependencies.ts';
