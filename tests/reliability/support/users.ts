import { setTimeout as sleep } from 'node:timers/promises';
import { type Lot, lotOf } from '../../support/seeded.ts';
import type { PatientClient } from './patientClient.ts';

type User = (client: PatientClient, lot: Lot) => Promise<void>;

const create = (payload: object) => ({
  operation: 'CREATE_STORY',
  payload: { prompt: 'A door in the sea', ...payload },
});

async function storyOf({ ended }: PatientClient, taskId: string): Promise<string> {
  return String((await ended(taskId)).storyId);
}

/** Wants everything at once. */
const hasAllMade: User = async (client) => {
  await client.ended(await client.submit(create({ runAll: true })));
};

/** Goes step by step. */
const goesByStep: User = async (client) => {
  const storyId = await storyOf(client, await client.submit(create({})));
  for (const task of ['CREATE_CONSTITUTION', 'CREATE_INTERACTIVE_SCRIPT', 'ALL']) {
    await client.ended(await client.submit({ operation: 'RUN_WORKFLOW_TASK', storyId, payload: { task } }));
  }
};

/** Each answer but the last is kept by the journal alone until the task has ended. */
const TURNS = ['darker', 'colder', 'slower', 'stranger', 'older', 'kinder', 'shorter', 'brighter'];

/** Talks about the constitution and then names the story. */
const talks: User = async (client) => {
  const storyId = await storyOf(client, await client.submit(create({ autoGenerate: true })));
  const payload = { turns: TURNS.map((how) => `Make it ${how}.`) };
  await client.ended(await client.submit({ operation: 'CONSTITUTION_CHAT_UPDATE', storyId, payload }));
  await client.ended(
    await client.submit({ operation: 'RENAME_STORY', storyId, payload: { displayName: 'By any other name' } }),
  );
};

/** Thinks better of it, and has everything removed. */
const changesMind: User = async (client, lot) => {
  const taskId = await client.submit(create({ runAll: true }));
  const enough = lot.below(60);
  await client.awaitTask(taskId, ({ progress, status }) => progress >= enough || status === 'succeeded');
  await sleep(lot.below(300));
  await client.cancel(taskId);
  const storyId = await storyOf(client, taskId);
  await client.ended(await client.submit({ operation: 'DELETE_STORY', storyId, payload: {} }));
};

const USERS: readonly User[] = [hasAllMade, goesByStep, talks, changesMind];

/** So many users of each kind beside one another, each of whom begins anew until told that it is enough. */
export async function beUsers(
  client: PatientClient,
  { ofEachKind, seed, isEnough }: { ofEachKind: number; seed: number; isEnough: () => boolean },
): Promise<void> {
  const users = Array.from({ length: ofEachKind }, () => USERS).flat();
  await Promise.all(
    users.map(async (user, index) => {
      const lot = lotOf(seed + index);
      do await user(client, lot);
      while (!isEnough());
    }),
  );
}
