import { StoryTreeError } from '@story-tree/domain';
import { type Environment, secretsOf } from '@story-tree/runtime';
import { describe, expect, it } from 'vitest';
import { createWorkerLog } from './logging.ts';

function rig(environment: Environment) {
  const lines: string[] = [];
  const secrets = secretsOf(environment);
  return {
    lines,
    hide: secrets.hide,
    log: createWorkerLog(environment.LOG_LEVEL, secrets, (line) => lines.push(line)),
  };
}

describe('the log of the worker', () => {
  it('shows no secret, wherever it turns up', () => {
    const { log, hide, lines } = rig({
      GEMINI_API_KEY: 'AIza-secret"key',
      SUPABASE_JWT_SECRET: 'jwt\\secret',
      DATABASE_URL: 'postgresql://me:p%40ssw0rd@db.example/x',
      REDIS_URL: 'redis://:redis-pass@cache.example',
    });
    hide('postgresql://postgres:generated-pass@127.0.0.1:5000/story_tree');
    const cause = new Error('connect to postgresql://me:p%40ssw0rd@db.example/x failed, key AIza-secret"key');
    log('error', 'Failed with p@ssw0rd and redis-pass.', {
      error: new StoryTreeError('internal', 'What?', { cause }),
      headers: { authorization: 'jwt\\secret' },
      address: 'postgresql://other:short@127.0.0.1/x generated-pass',
    });
    const [line = ''] = lines;
    for (const secret of ['AIza', 'jwt', 'p%40ssw0rd', 'p@ssw0rd', 'redis-pass', 'generated-pass', 'short']) {
      expect(line).not.toContain(secret);
    }
    expect(JSON.parse(line)).toMatchObject({ name: 'worker', error: { message: 'What?', cause: { type: 'Error' } } });
  });

  it('leaves words alone that a short password happens to be part of', () => {
    const { log, lines } = rig({ DATABASE_URL: 'postgresql://me:task@db.example/x' });
    log('info', 'The task is started.', { taskId: '7' });
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ msg: 'The task is started.', taskId: '7' });
  });

  it('stays JSON where a secret looks like a number of the line', () => {
    const { log, lines } = rig({ SUPABASE_JWT_SECRET: '1234567' });
    log('info', 'Tried 1234567.', { at: 1_234_567 });
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ msg: 'Tried [redacted].', at: 1_234_567 });
  });

  it('says as much as it is told to', () => {
    const { log, lines } = rig({ LOG_LEVEL: 'warn' });
    log('info', 'news');
    log('warn', 'trouble');
    expect(lines).toHaveLength(1);
  });
});
