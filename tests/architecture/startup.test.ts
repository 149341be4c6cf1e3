import { expect, test } from 'vitest';
import { packagesAtStart } from './startup.ts';

/** Loaded with the first call of a real model, or the first picture that has to be transcoded. */
const WITH_A_CALL = ['@google/genai', 'undici', 'sharp'];
/** Of the engine and the queue. */
const OF_WORK = [...WITH_A_CALL, 'bullmq', 'ioredis', 'p-map', 'yaml', 'jsonrepair'];

test.each([
  // Help, the version and wrong usage need no more than this; every command loads its own when it runs.
  ['cli/src/agentWorkflowCli.ts', ['commander'], [...OF_WORK, 'zod', 'kysely', 'pg', 'log-update', 'string-width']],
  ['cli/src/session.ts', ['kysely'], OF_WORK],
  ['cli/src/commands/listStories.ts', ['kysely'], OF_WORK],
  ['cli/src/commands/tasks.ts', ['kysely'], OF_WORK],
  ['cli/src/commands/runAll.ts', ['kysely', 'zod'], [...WITH_A_CALL, 'bullmq', 'ioredis']],
  ['task-worker/src/worker/main.ts', ['kysely', 'bullmq'], WITH_A_CALL],
  ['apps/story-tree-ui/src/server/runApp.ts', ['kysely', 'bullmq'], [...WITH_A_CALL, 'jose']],
  ['supervisor/src/start.ts', ['kysely'], [...WITH_A_CALL, 'bullmq', 'ioredis']],
  ['supabase/src/embedded/wardenProcess.ts', ['pg'], ['kysely', 'zod']],
])('%s starts without the packages that most runs of it never need', (program, needed, unneeded) => {
  const packages = packagesAtStart(program);
  // That any are found at all shows that the imports were followed.
  expect([...packages]).toEqual(expect.arrayContaining(needed));
  expect(unneeded.filter((name) => packages.has(name))).toEqual([]);
});
