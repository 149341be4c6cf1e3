import { setTimeout as sleep } from 'node:timers/promises';
import { type Random, seededRandom } from '@story-tree/testkit/seeded.ts';
import type { TaskDetail } from '../../apps/story-tree-ui/src/wire/index.ts';
import { hash, takeSnapshot } from '../stack/snapshot.ts';
import type { Scene } from './scene.ts';

/** Makes a story in their own way. @returns its id once it is complete; null if they have removed it again */
type Person = (scene: Scene, random: Random) => Promise<string | null>;

const PAUSE_MS = 300;
const LONGEST_REGRET_MS = 150;
/** Stories have no empty files; what is put in the way of their folders is one, and is taken away again. */
const IN_THE_WAY = hash('');

const create = (payload: object) => ({
  operation: 'CREATE_STORY',
  payload: { prompt: 'A door in the sea', ...payload },
});
const runTask = (storyId: string, task: string, options?: object) => ({
  operation: 'RUN_WORKFLOW_TASK',
  storyId,
  payload: { task, ...(options && { options }) },
});
const remove = (storyId: string) => ({ operation: 'DELETE_STORY', storyId, payload: {} });

/** Creates a new story, which nobody else can be working on. */
async function begin({ client }: Scene, payload: object, clicks = 1): Promise<{ taskId: string; storyId: string }> {
  const taskId = await client.submit(create(payload), clicks);
  if (taskId === null) throw new Error('A new story was refused as busy.');
  const { storyId } = await client.awaitTask(taskId, () => true);
  return { taskId, storyId: String(storyId) };
}

/** Whether the story is removed except for files on a disk that was in trouble. */
const hasLeftFiles = ({ status, operation, error }: TaskDetail) =>
  status === 'failed' && operation === 'DELETE_STORY' && error?.code === 'file_error';

const isDone = (task: TaskDetail) => task.status === 'succeeded' || hasLeftFiles(task);

/** Repeats a request until it has succeeded. @throws Error when it fails although everything is calm */
async function insist({ client, isCalm }: Scene, request: object): Promise<void> {
  for (;;) {
    const inPeace = isCalm();
    const taskId = await client.submit(request);
    const task = taskId === null ? null : await client.ended(taskId);
    if (task?.status === 'failed' && inPeace)
      throw new Error(`${JSON.stringify(request)} failed: ${task.error?.message}`);
    if (task !== null && isDone(task)) return;
    await sleep(PAUSE_MS);
  }
}

async function cancel({ client, disturbances }: Scene, taskId: string): Promise<void> {
  disturbances.count('a task is cancelled');
  await disturbances.during(null, async () => {
    await client.cancel(taskId);
    await client.ended(taskId);
  });
}

/** Waits until a task has made some progress. */
async function awaitSome({ client }: Scene, taskId: string, random: Random): Promise<void> {
  const enough = random.below(70);
  await client.awaitTask(taskId, ({ progress, finishedAt }) => progress >= enough || finishedAt !== null);
  await sleep(random.below(PAUSE_MS));
}

/** Double-clicks, and wants everything at once. */
export const hasAllMade: Person = async (scene) => {
  const { taskId, storyId } = await begin(scene, { runAll: true }, 2);
  await scene.client.ended(taskId);
  await insist(scene, runTask(storyId, 'ALL'));
  return storyId;
};

/** Goes step by step, in two windows. */
const goesByStep: Person = async (scene) => {
  const { client } = scene;
  const { storyId } = await begin(scene, {});
  for (const task of ['CREATE_CONSTITUTION', 'CREATE_INTERACTIVE_SCRIPT', 'CREATE_VISUAL_DESIGN']) {
    const step = runTask(storyId, task, { resume: true });
    const tasks = await Promise.all([step, runTask(storyId, 'ALL')].map((request) => client.submit(request)));
    await Promise.all(tasks.map((taskId) => taskId !== null && client.ended(taskId)));
    // The next documents would be different if they were made from half a script.
    await insist(scene, step);
  }
  await insist(scene, runTask(storyId, 'ALL'));
  return storyId;
};

/** Cancels it on the way, then continues. */
const hesitates: Person = async (scene, random) => {
  const { taskId, storyId } = await begin(scene, { runAll: true });
  await awaitSome(scene, taskId, random);
  await cancel(scene, taskId);
  await insist(scene, runTask(storyId, 'ALL'));
  return storyId;
};

/** Wants the story removed while it is being made. */
const changesMind: Person = async (scene, random) => {
  const { taskId, storyId } = await begin(scene, { runAll: true });
  await awaitSome(scene, taskId, random);
  const removal = await scene.client.submit(remove(storyId));
  if (removal === null) await cancel(scene, taskId);
  else if (isDone(await scene.client.ended(removal))) return null;
  if (!(await regretRemoval(scene, storyId, random))) await insist(scene, remove(storyId));
  return null;
};

/** Removes a story and cancels that: it is either gone or unchanged. @returns whether it is gone */
async function regretRemoval(
  { stack, client, disturbances }: Scene,
  storyId: string,
  random: Random,
): Promise<boolean> {
  const before = await takeSnapshot(stack, storyId);
  const removal = await client.submit(remove(storyId));
  if (removal === null) return false;
  await sleep(random.below(LONGEST_REGRET_MS));
  await client.cancel(removal);
  const task = await client.ended(removal);
  if (task.status !== 'cancelled') return isDone(task);
  const after = await takeSnapshot(stack, storyId);
  const gone = [...before.keys()].filter((file) => ![IN_THE_WAY, after.get(file)].includes(before.get(file)));
  if (gone.length > 0) disturbances.object(`Story ${storyId} was not removed, but lacks ${gone.join(', ')}.`);
  return false;
}

/** Discusses the constitution, renames the story, and removes it. */
const talks: Person = async (scene) => {
  const { taskId, storyId } = await begin(scene, { autoGenerate: true });
  await scene.client.ended(taskId);
  await insist(scene, runTask(storyId, 'CREATE_CONSTITUTION', { resume: true }));
  const turns = ['darker', 'colder', 'slower', 'stranger'].map((how) => `Make it ${how}.`);
  await insist(scene, { operation: 'CONSTITUTION_CHAT_UPDATE', storyId, payload: { turns } });
  await insist(scene, { operation: 'RENAME_STORY', storyId, payload: { displayName: 'By any other name' } });
  await insist(scene, remove(storyId));
  return null;
};

/** Works at the command line, sometimes with the page open as well. */
const usesCommandLine: Person = async (scene, random) => {
  const { client, commandLine } = scene;
  const { storyId } = await begin(scene, {});
  for (let isDone = false; !isDone; ) {
    const running = commandLine.runAll(storyId, random);
    await sleep(random.below(LONGEST_HEAD_START_MS));
    const taskId = random.below(2) === 0 ? await client.submit(runTask(storyId, 'ALL')) : null;
    isDone = await running;
    if (taskId !== null) await client.ended(taskId);
  }
  return storyId;
};

const LONGEST_HEAD_START_MS = 3_000;

const PEOPLE: readonly Person[] = [hasAllMade, goesByStep, hesitates, changesMind, talks, usesCommandLine];

/** Lets everybody work at the same time, starting over until everything is calm. @returns the complete stories */
export async function simulatePeople(scene: Scene, seed: number): Promise<string[]> {
  const stories: (string | null)[] = [];
  await Promise.all(
    PEOPLE.map(async (person, index) => {
      const random = seededRandom(seed + index);
      do stories.push(await person(scene, random));
      while (!scene.isCalm());
    }),
  );
  return stories.filter((storyId) => storyId !== null);
}

/** Removes stories, to clean up. */
export async function removeStories(scene: Scene, stories: readonly string[]): Promise<void> {
  await Promise.all(stories.map((storyId) => insist(scene, remove(storyId))));
}
