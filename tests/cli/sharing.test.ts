import { setTimeout as sleep } from 'node:timers/promises';
import { ensure, makeHome, removeHome, until } from '@story-tree/testkit/database/clusters.ts';
import { storeNewStory } from '@story-tree/testkit/database/fixtures.ts';
import {
  BRIEF_LEASE,
  jsonOf,
  makeWorkplace,
  runCli,
  runCliProcess,
  SMALL_STORY,
  startCli,
  type Workplace,
} from '@story-tree/testkit/programs/cli.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

describe('several command lines at once', () => {
  it('share one embedded database, each with its own story, and leave none running', async () => {
    const home = await makeHome();
    const place = await makeWorkplace({ ...SMALL_STORY, STUB_SCENELETS: '2' });
    try {
      const { DATABASE_URL: _, ...folders } = place.variables;
      const variables = { ...folders, STORY_TREE_HOME: home };
      const runs = await Promise.all(
        [1, 2, 3, 4, 5].map(() => runCliProcess(['run-all', '--mode', 'stub', '--json'], variables)),
      );
      for (const run of runs) expect(run.code, run.stderr).toBe(0);
      expect(new Set(runs.map((run) => jsonOf(run).storyId)).size).toBe(5);
      const { port } = await ensure(home);
      await until('the cluster is gone', () => isClosed(port));
    } finally {
      await place.remove();
      await removeHome(home);
    }
  });
});

async function isClosed(port: number): Promise<boolean> {
  const { connect } = await import('node:net');
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      setTimeout(() => resolve(false), 500);
    });
    socket.once('error', () => resolve(true));
  });
}

describe('one story', () => {
  let place: Workplace;

  beforeAll(async () => {
    place = await makeWorkplace({ ...SMALL_STORY, STUB_LATENCY_MS: '400' });
  });
  afterAll(() => place.remove());

  /** Goes on with it, at full speed. */
  async function expectFinished(storyId: string): Promise<void> {
    const again = await runCli(['run-all', '--story-id', storyId], { ...place.variables, STUB_LATENCY_MS: '0' });
    expect(again.code, again.stderr).toBe(0);
  }

  it('has one writer: the second is told who holds it, and changes nothing', async () => {
    const storyId = await storeNewStory(place.database);
    const first = startCli(['run-all', '--story-id', storyId], place.variables);
    await until('the first has begun', () => first.said().includes('Constitution'));
    const second = await runCli(['run-all', '--story-id', storyId, '--json'], place.variables);
    expect(second.code).toBe(1);
    expect(jsonOf(second)).toMatchObject({ error: { code: 'story_busy', holder: 'command line' } });
    expect(second.stderr).toContain('command line');
    expect((await first.ended).code).toBe(0);
  });

  it('is left resumable by Ctrl-C, which leaves with 130 and the command that continues', async () => {
    const run = startCli(['run-all', '--prompt', 'A "cat"', '--mode', 'stub', '--json'], place.variables);
    await until('the script is under way', () => run.said().includes('Opening scene'));
    run.process.kill('SIGINT');
    const stopped = await run.ended;
    expect(stopped.code).toBe(130);
    const { storyId, continueWith, ...left } = jsonOf(stopped);
    expect(left).toMatchObject({ status: 'cancelled', error: { code: 'cancelled' } });
    expect(stopped.stderr).toContain(`To continue:\n  ${continueWith}\n`);
    expect(continueWith).toBe(`npm run story-tree -- run-all --mode stub --json --story-id ${storyId}`);
    const args = String(continueWith).split(' ').slice(4);
    const again = await runCli(args, { ...place.variables, STUB_LATENCY_MS: '0' });
    expect(jsonOf(again)).toMatchObject({ storyId, status: 'succeeded' });
  });

  it('survives the loss of every connection to the database', async () => {
    const storyId = await storeNewStory(place.database);
    const run = startCli(['run-all', '--story-id', storyId, '--json'], { ...place.variables, ...BRIEF_LEASE });
    await until('the script is under way', () => run.said().includes('Opening scene'));
    await place.database.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
    );
    const cut = await run.ended;
    expect([0, 1]).toContain(cut.code);
    expect(cut.stderr).not.toMatch(/\n\s+at /);
    await sleep(50);
    await expectFinished(storyId);
  });
});
