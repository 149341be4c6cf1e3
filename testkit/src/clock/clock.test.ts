import { execFileSync } from 'node:child_process';
import process from 'node:process';
import { expect, test } from 'vitest';
import { createTestDatabase } from '../database/database.ts';
import { queuedTask } from '../database/fixtures.ts';
import { bareEnvironment } from '../programs/processEnvironment.ts';
import { setBackStoredTimes, shiftedClock } from './clock.ts';

test('a clock that was set back finds every stored moment later by as much, and all else as it was', async () => {
  const database = await createTestDatabase();
  const snapshot = async () => {
    const { rows } = await database.pool.query(
      'select * from public.story_tasks join public.stories on story_id = stories.id',
    );
    return rows[0];
  };
  try {
    await queuedTask(database.kysely);
    const before = await snapshot();
    await setBackStoredTimes(database, 6);
    const later = (moment: Date) => new Date(moment.getTime() + 6 * 60 * 60 * 1_000);
    expect(await snapshot()).toEqual({
      ...before,
      created_at: later(before.created_at),
      updated_at: later(before.updated_at),
    });
    await setBackStoredTimes(database, -6);
    expect(await snapshot()).toEqual(before);
  } finally {
    await database.close();
  }
});

test('a program with a shifted clock reads another time, and counts on as before', () => {
  const read =
    'console.log(JSON.stringify([Date.now(), new Date().getTime(), Date.parse(Date()), new Date(5).getTime()]))';
  const run = (variables: object) =>
    JSON.parse(
      execFileSync(process.execPath, ['-e', read], { encoding: 'utf8', env: { ...bareEnvironment(), ...variables } }),
    );
  const hours = (moment: number) => Math.round((moment - Date.now()) / (60 * 60 * 1_000));
  const [now, made, said, given] = run(shiftedClock(-6));
  expect([hours(now), hours(made), hours(said), given]).toEqual([-6, -6, -6, 5]);
});
