import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { hasEnded } from '@story-tree/domain';
import type { TaskDetail } from '../../apps/story-tree-ui/src/wire/index.ts';
import { createWitness } from './witness.ts';

const PATIENCE_MS = 180_000;
const LOOK_AGAIN_MS = 400;
/** How long one answer may take; a paused app is asked again. */
const ANSWER_MS = 10_000;

/** A task that was asked for, and what decides which outcomes are allowed. */
interface Asked {
  isCancelled: boolean;
  /** Asked for after all trouble was over, so there is no excuse for a failure. */
  readonly inPeace: boolean;
}

/** Somebody who asks for tasks, repeating a request with the same key until there is an answer. */
export interface Client {
  asked: ReadonlyMap<string, Asked>;
  /** Observations that must never occur. */
  objections: readonly string[];
  /** Registers a task that somebody has asked for in another way. */
  note(taskId: string): void;
  /**
   * @param clicks how many requests are sent at once with the same key
   * @returns the task's id; null when the story is busy
   */
  submit(request: object, clicks?: number): Promise<string | null>;
  cancel(taskId: string): Promise<void>;
  awaitTask(taskId: string, isSo: (task: TaskDetail) => boolean): Promise<TaskDetail>;
  ended(taskId: string): Promise<TaskDetail>;
}

export interface ClientOptions {
  url: string;
  isCalm(): boolean;
  /** Stops waiting. */
  over: AbortSignal;
}

export function createClient({ url, isCalm, over }: ClientOptions): Client {
  const asked = new Map<string, Asked>();
  const witness = createWitness();

  /** Asks until the app answers with anything but 503. */
  async function ask(path: string, init: RequestInit = {}): Promise<Answer> {
    for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline; await sleep(LOOK_AGAIN_MS)) {
      over.throwIfAborted();
      const signal = AbortSignal.any([over, AbortSignal.timeout(ANSWER_MS)]);
      const answer = await answerOf(`${url}${path}`, { ...init, signal }).catch(() => null);
      if (answer !== null && answer.status !== 503) return answer;
    }
    throw new Error(`No answer from ${path}.`);
  }

  async function click(headers: Record<string, string>, request: object): Promise<string | null> {
    const answer = await ask('/api/story-tasks', { method: 'POST', headers, body: JSON.stringify(request) });
    if (answer.status === 409) return null;
    if (answer.status !== 202) throw new Error(`${JSON.stringify(request)} was answered with ${told(answer)}`);
    const { taskId }: { taskId: string } = JSON.parse(answer.text);
    return taskId;
  }

  async function awaitTask(taskId: string, isSo: (task: TaskDetail) => boolean): Promise<TaskDetail> {
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      const answer = await ask(`/api/story-tasks/${taskId}`);
      if (answer.status !== 200) throw new Error(`The task ${taskId} was answered with ${told(answer)}`);
      const task: TaskDetail = JSON.parse(answer.text);
      witness.see(task);
      if (isSo(task)) return task;
      if (Date.now() > deadline) throw new Error(`The task does not change: ${inShort(task)}`);
      await sleep(LOOK_AGAIN_MS);
    }
  }

  function note(taskId: string, inPeace = isCalm()): void {
    asked.set(taskId, { isCancelled: false, inPeace });
  }

  return {
    asked,
    objections: witness.objections,
    note: (taskId) => note(taskId),
    async submit(request, clicks = 1) {
      const headers = { 'content-type': 'application/json', 'idempotency-key': randomUUID() };
      const inPeace = isCalm();
      const tasks = await Promise.all(Array.from({ length: clicks }, () => click(headers, request)));
      for (const taskId of tasks) if (taskId !== null) note(taskId, inPeace);
      if (new Set(tasks).size > 1) witness.objections.push(`One key gave several tasks: ${tasks}`);
      return tasks[0] ?? null;
    },
    async cancel(taskId) {
      const task = asked.get(taskId);
      if (task !== undefined) task.isCancelled = true;
      const answer = await ask(`/api/story-tasks/${taskId}/cancel`, { method: 'POST' });
      // The task may have ended by itself, or through an earlier request whose answer was lost.
      if (![202, 409].includes(answer.status)) witness.objections.push(`Cancelling was answered with ${told(answer)}`);
    },
    awaitTask,
    ended: (taskId) => awaitTask(taskId, ({ status }) => hasEnded(status)),
  };
}

/** A task with only the end of its log. */
function inShort({ events, ...task }: TaskDetail): string {
  return JSON.stringify({ ...task, events: events.slice(0, 3) }, null, 1);
}

interface Answer {
  status: number;
  text: string;
}

/** Reads the whole answer: half an answer does not count. */
async function answerOf(url: string, init: RequestInit): Promise<Answer> {
  const response = await fetch(url, init);
  return { status: response.status, text: await response.text() };
}

const told = ({ status, text }: Answer) => `${status}: ${text}`;
