import { afterEach, beforeEach } from 'vitest';
import type { Environment } from '../../../agent-backend/src/runtime/index.ts';
import { hasRedis } from './redisServer.ts';
import { type Backend, openWorkshop, type Workshop } from './workshop.ts';

/**
 * A workshop for each test of a file or group. Without Redis, tests that need it are skipped with a line that says what
 * to install; where `CI` is set they fail.
 */
export function useWorkshop(backend: Backend, environment: Partial<Environment> = {}): () => Workshop {
  let workshop: Workshop | undefined;
  beforeEach(async (context) => {
    if (backend === 'redis' && !hasRedis() && !isContinuousIntegration()) {
      context.skip('no redis-server on PATH: install redis');
    }
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

function isContinuousIntegration(): boolean {
  // biome-ignore lint/style/noProcessEnv: only the environment tells
  return process.env.CI === 'true';
}
