import type { TestContext } from 'vitest';
import { ownEnvironment } from '../programs/processEnvironment.ts';
import { hasRedis } from './redisServer.ts';
import type { Backend } from './workshop.ts';

/** Without Redis, tests that need it are skipped with a line that says what to install; where `CI` is set they fail. */
export function skipWithoutRedis(context: TestContext, backend: Backend): void {
  if (backend !== 'redis' || hasRedis() || ownEnvironment().CI === 'true') return;
  context.skip('no redis-server on PATH: install redis');
}
