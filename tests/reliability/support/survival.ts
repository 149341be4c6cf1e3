import { expect, it } from 'vitest';
import { lotOf } from '../../support/seeded.ts';
import type { Backend } from '../../worker/support/workshop.ts';
import {
  expectAllEnded,
  expectAtRest,
  expectFilesAsRows,
  expectInterrupted,
  expectNothingPaidTwice,
  expectToldAll,
} from './aftermath.ts';
import { inflictFaults } from './faults.ts';
import { followEvents } from './follower.ts';
import { patientClient } from './patientClient.ts';
import { seedOfRun } from './seed.ts';
import { skipWithoutRedis } from './skipWithoutRedis.ts';
import { openStack, type Stack } from './stack.ts';
import { beUsers } from './users.ts';

/** Stories that take a few seconds each, so that there is always something under way. */
const STORIES = {
  STUB_SCENELETS: '5',
  STUB_SHOTS_PER_SCENELET: '2',
  STUB_BRANCHING: '2',
  STUB_LATENCY_MS: '120',
};

export interface Ordeal {
  /** How often something is killed, stopped or emptied. */
  faults: number;
  /** Users of each kind. */
  crowd: number;
}

/**
 * Has users at work while one thing after the other is killed, stopped or emptied, and checks that nothing came of it.
 */
export function itSurvives(backend: Backend, ordeal: Ordeal): void {
  it(`survives ${ordeal.faults} faults while people use it`, async (context) => {
    skipWithoutRedis(context, backend);
    const seed = seedOfRun();
    console.log(`Faults drawn with STORY_TREE_SEED=${seed}, jobs on ${backend}`);
    await survive(backend, ordeal, { seed, signal: context.signal });
  });
}

interface Run {
  seed: number;
  /** Aborts when the test is given up. */
  signal: AbortSignal;
}

async function survive(backend: Backend, { faults: count, crowd }: Ordeal, { seed, signal }: Run): Promise<void> {
  const stack = await openStack({ backend, seed, variables: STORIES });
  const isOver = new AbortController();
  const over = AbortSignal.any([isOver.signal, signal]);
  const faults: string[] = [];
  const followers = [followEvents(stack.url), followEvents(stack.url, lotOf(seed + 20))];
  let isEnough = false;
  const note = (fault: string) => void faults.push(fault);
  const breaking = inflictFaults(stack, { lot: lotOf(seed + 30), count, over, note }).finally(() => {
    isEnough = true;
  });
  try {
    const client = patientClient(stack.url, over);
    const users = { ofEachKind: crowd, seed: seed + 40, isEnough: () => isEnough };
    await Promise.all([breaking, beUsers(client, users)]);

    const { database } = stack;
    await expectAllEnded(database, client);
    expect(client.objections).toEqual([]);
    for (const follower of followers) await expectToldAll(database, follower);
    await expectNothingPaidTwice(database, count);
    await expectAtRest(database, stack);
    await expectFilesAsRows(database, stack);
    console.log(`${count} faults: ${await expectInterrupted(database)}`);
    expectCalm(stack);
  } catch (cause) {
    throw new Error(`STORY_TREE_SEED=${seed}: ${faults.join(', ')}.\n${lastWords(stack)}`, { cause });
  } finally {
    isOver.abort();
    await Promise.allSettled([breaking, ...followers.map((follower) => follower.stop())]);
    await stack.close();
  }
}

/** What those may complain of whose database, queue or story was taken away. */
const EXPECTED = /"code":"(database_unavailable|queue_unavailable|lease_lost)"/;

/** Nobody ended for want of somebody else, and nobody met anything that nobody had thought of. */
function expectCalm({ app, workers }: Stack): void {
  for (const part of [app, ...workers]) {
    expect(part.collapses).toEqual([]);
    const errors = part
      .said()
      .split('\n')
      .filter((line) => /"level":[56]0/.test(line));
    expect(errors.filter((line) => !EXPECTED.test(line))).toEqual([]);
  }
}

function lastWords({ app, workers }: Stack): string {
  return [app, ...workers].map((part) => `${part.name}: ${part.said().slice(-3_000)}`).join('\n');
}
