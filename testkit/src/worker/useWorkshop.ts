import type { Environment } from '@story-tree/runtime';
import { afterEach, beforeEach } from 'vitest';
import { skipWithoutRedis } from './skipWithoutRedis.ts';
import { type Backend, openWorkshop, type Workshop } from './workshop.ts';

/**
 * A workshop for each test of a file or group. Without Redis, tests that need it are skipped with a line that says what
 * to install; where `CI` is set they fail.
 */
export function useWorkshop(backend: Backend, environment: Partial<Environment> = {}): () => Workshop {
  let workshop: Workshop | undefined;
  beforeEach(async (context) => {
    skipWithoutRedis(context, backend);
    workshop = await openWorkshop(backend, environment);
  });
  afterEach(async () => {
    await workshop?.close();
    workshop = undefined;
  });
  return () => {
    if (workshop === undefined) throw new Error('no test is running');
    return workshop;
  };
}
