import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { compareIds } from '../../torture/invariants/events.ts';
import { judgeLost } from '../../torture/invariants/payments.ts';
import { findComplaints } from '../../torture/invariants/rest.ts';
import { judgeEnd, judgeLog, type TaskFacts } from '../../torture/invariants/tasks.ts';
import { readOptions, USAGE } from '../../torture/options.ts';
import { createWitness } from '../../torture/people/witness.ts';
import { noteDisturbances } from '../../torture/stack/disturbances.ts';
import { readListing } from '../../torture/stack/listing.ts';
import { compareSnapshots, takeSnapshot } from '../../torture/stack/snapshot.ts';
import { TROUBLES } from '../../torture/trouble/all.ts';
import { judgeListing } from '../../torture/trouble/secondStarts.ts';

const DONE: TaskFacts = {
  ...{ id: 'a', status: 'succeeded', progress: 100, code: null, message: null },
  steps: ['queued', 'started', 'resumed', 'succeeded'],
};
const FAILED: TaskFacts = { ...DONE, status: 'failed', progress: 40, code: 'file_error', message: 'The disk is full.' };
const ASKED = { isCancelled: false, inPeace: false };

test('a task that ends in an allowed way is no violation', () => {
  expect(judgeEnd(DONE, ASKED)).toEqual([]);
  expect(judgeEnd(FAILED, ASKED)).toEqual([]);
  expect(judgeEnd({ ...DONE, status: 'cancelled' }, { ...ASKED, isCancelled: true })).toEqual([]);
});

test.each<[string, TaskFacts, typeof ASKED]>([
  ['that has not ended', { ...DONE, status: 'running' }, ASKED],
  ['that has succeeded halfway', { ...DONE, progress: 99 }, ASKED],
  ['that is cancelled although nobody asked for it', { ...DONE, status: 'cancelled' }, ASKED],
  ['that fails when everything is calm', FAILED, { ...ASKED, inPeace: true }],
  ['that fails for lack of a database', { ...FAILED, code: 'database_unavailable' }, ASKED],
  ['that fails without saying why', { ...FAILED, message: 'ENOSPC' }, ASKED],
  ['that fails with a stack trace', { ...FAILED, message: 'No.\n    at write (file.ts:1).' }, ASKED],
])('a task %s is reported', (_what, task, asked) => expect(judgeEnd(task, asked)).toHaveLength(1));

test.each([
  ['begins in the middle', ['started', 'succeeded']],
  ['has two beginnings', ['queued', 'started', 'started', 'succeeded']],
  ['has no end', ['queued', 'started']],
  ['has two ends', ['queued', 'started', 'succeeded', 'succeeded']],
  ['continues after its end', ['queued', 'started', 'succeeded', 'progress']],
  ['ends differently from its task', ['queued', 'started', 'failed']],
])('a log that %s is reported', (_what, steps) => expect(judgeLog({ ...DONE, steps })).toHaveLength(1));

test('a log from beginning to end is no violation', () => expect(judgeLog(DONE)).toEqual([]));

test.each([
  ['a gap', ['1', '3']],
  ['a repetition', ['1', '2', '2', '3']],
  ['another order', ['2', '1', '3']],
  ['too many', ['1', '2', '3', '4']],
  ['too few', ['1', '2']],
])('events received with %s are reported', (_what, told) => expect(compareIds(told, ['1', '2', '3'])).toHaveLength(1));

test('a witness objects when a task goes back, and when an end does not last', () => {
  const { see, objections } = createWitness();
  see({ id: 'a', status: 'running', progress: 30 });
  see({ id: 'a', status: 'running', progress: 20 });
  see({ id: 'a', status: 'failed', progress: 30 });
  see({ id: 'a', status: 'succeeded', progress: 100 });
  expect(objections).toHaveLength(2);
});

test('a reply may be lost to trouble for its own caller or for everybody, while its call was in progress', async () => {
  const disturbances = noteDisturbances();
  const now = Date.now();
  const answerTo = (caller: string, receivedAt: number) => ({
    ...({ kind: 'text', responseId: 'one', headers: { 'x-goog-api-key': caller } } as const),
    ...{ receivedAt, sentAt: receivedAt + 100 },
  });
  expect(judgeLost([answerTo('worker-1.1', now)], disturbances)).toHaveLength(1);
  await disturbances.during('worker-1.1', async () => undefined);
  expect(judgeLost([answerTo('worker-1.1', now)], disturbances)).toEqual([]);
  expect(judgeLost([answerTo('worker-1.1', now - 60_000)], disturbances)).toHaveLength(1);
  expect(judgeLost([answerTo('worker-1.1', now + 60_000)], disturbances)).toHaveLength(1);
  expect(judgeLost([answerTo('worker-1.2', now)], disturbances)).toHaveLength(1);
  await disturbances.during(null, async () => undefined);
  expect(judgeLost([answerTo('worker-1.2', now)], disturbances)).toEqual([]);
});

test('a log may complain about what was taken away, and about nothing else', () => {
  const expected = '{"level":50,"code":"lease_lost"}';
  const foreign = '{"level":50,"code":"internal"}';
  expect(findComplaints([expected, foreign, '{"level":40,"code":"internal"}'].join('\n'))).toEqual([foreign]);
});

test('two stories are equal if they differ only in time and id', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'story-tree-torture-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const places = { assets: path.join(folder, 'assets'), output: path.join(folder, 'output') };
  const make = async (id: string, title: string, exportedAt: string) => {
    const picture = path.join(places.assets, 'generated', id, 'picture.png');
    await mkdir(path.dirname(picture), { recursive: true });
    await writeFile(picture, 'a picture');
    await mkdir(path.join(places.output, id), { recursive: true });
    await writeFile(path.join(places.output, id, 'story.json'), JSON.stringify({ storyId: id, title, exportedAt }));
    return takeSnapshot(places, id);
  };
  const wanted = await make('one', 'A door', '2026-11-21T01:00:00Z');
  expect(wanted.size).toBe(2);
  expect(compareSnapshots(await make('two', 'A door', '2026-11-21T02:00:00Z'), wanted)).toEqual([]);
  expect(compareSnapshots(await make('three', 'A window', '2026-11-21T02:00:00Z'), wanted)).toEqual([
    'bundle/story.json differs',
  ]);
  expect(compareSnapshots(new Map([...wanted, ['files/.half.tmp', '']]), wanted)).toEqual([
    'files/.half.tmp is unexpected',
  ]);
  expect(compareSnapshots(new Map(), wanted)).toEqual(['bundle/story.json is missing', 'files/picture.png is missing']);
});

test('the command takes a seed, and either rounds or a time', () => {
  expect(readOptions(['--seed', '7', '--backend', 'redis'])).toMatchObject({ seed: 7, rounds: 3, backends: ['redis'] });
  expect(readOptions(['--minutes', '2'])).toMatchObject({ rounds: null, minutes: 2, backends: ['postgres', 'redis'] });
  for (const args of [
    ['--rounds', '0'],
    ['--seed', 'x'],
    ['--backend', 'mysql'],
    ['--rounds', '1', '--minutes', '1'],
    ['--trouble', 'a-flood'],
  ]) {
    expect(() => readOptions(args)).toThrow(/^(--|Choose)/);
  }
});

test('the command takes troubles by name, and lists them all', () => {
  expect(readOptions([]).troubles).toEqual([]);
  const names = TROUBLES.map(({ name }) => name);
  const args = names.flatMap((name) => ['--trouble', name]);
  expect(readOptions(args).troubles).toEqual(names);
  expect(new Set(names).size).toBe(names.length);
  for (const { name, kind } of TROUBLES) expect(USAGE).toMatch(new RegExp(`^  ${name} +${kind}$`, 'm'));
});

test('a second start finds the existing stories, or is told why not', () => {
  const answer = (said: object, stderr = '') => readListing({ code: null, stdout: JSON.stringify(said), stderr });
  const busy = { code: 'database_unavailable', message: 'Another container runs it: stop it there.' };
  expect(answer({ stories: [{ id: 'a' }, { id: 'b' }] })).toEqual({ stories: ['a', 'b'] });
  expect(answer({ error: busy })).toEqual({ refusal: busy.message });
  expect(answer({ error: { ...busy, code: 'internal' } })).toBeNull();
  expect(answer({ error: busy }, 'Error: gone\n    at start (file.ts:1)')).toBeNull();

  expect(judgeListing({ refusal: busy.message }, ['a'])).toEqual([]);
  expect(judgeListing({ refusal: 'EACCES' }, ['a'])).toHaveLength(1);
  expect(judgeListing({ stories: ['b', 'c'] }, ['a', 'b'])).toEqual([]);
  expect(judgeListing({ stories: [] }, [])).toEqual([]);
  expect(judgeListing({ stories: [] }, ['a'])).toHaveLength(1);
});
