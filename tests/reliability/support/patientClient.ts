import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import type { TaskDetail } from '../../../apps/story-tree-ui/src/wire/index.ts';
import { hasEnded } from '../../../domain/src/index.ts';
import { createWitness } from './witness.ts';

const PATIENCE_MS = 240_000;
const LOOK_AGAIN_MS = 200;
/** As long as one answer may take; an app that stands still is asked again. */
const ANSWER_MS = 20_000;

/** Somebody who asks for tasks, again and again with the same key while there is no answer. */
export interface PatientClient {
  /** The tasks that were asked for, with how they may end. */
  asked: Map<string, readonly TaskDetail['status'][]>;
  /** Tasks that went back. */
  objections: string[];
  submit(body: object): Promise<string>;
  cancel(taskId: string): Promise<void>;
  awaitTask(taskId: string, isSo: (task: TaskDetail) => boolean): Promise<TaskDetail>;
  ended(taskId: string): Promise<TaskDetail>;
}

/** @param over ends the patience */
export function patientClient(url: string, over: AbortSignal): PatientClient {
  const asked: PatientClient['asked'] = new Map();
  const witness = createWitness();

  /** The first answer of an app that has all that it needs. */
  async function ask(path: string, init: RequestInit = {}): Promise<Answer> {
    for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline; await sleep(LOOK_AGAIN_MS)) {
      over.throwIfAborted();
      const signal = AbortSignal.any([over, AbortSignal.timeout(ANSWER_MS)]);
      const answer = await answerOf(`${url}${path}`, { ...init, signal }).catch(() => null);
      if (answer !== null && answer.status !== 503) return answer;
    }
    throw new Error(`There is no answer from ${path}.`);
  }

  async function awaitTask(taskId: string, isSo: (task: TaskDetail) => boolean): Promise<TaskDetail> {
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      const answer = await ask(`/api/story-tasks/${taskId}`);
      expect(answer.status, answer.text).toBe(200);
      const task: TaskDetail = JSON.parse(answer.text);
      witness.see(task);
      if (isSo(task)) return task;
      if (Date.now() > deadline) throw new Error(`The task stays as it is: ${JSON.stringify(task, null, 1)}`);
      await sleep(LOOK_AGAIN_MS);
    }
  }

  return {
    asked,
    objections: witness.objections,
    async submit(body) {
      const headers = { 'content-type': 'application/json', 'idempotency-key': randomUUID() };
      const answer = await ask('/api/story-tasks', { method: 'POST', headers, body: JSON.stringify(body) });
      expect(answer.status, answer.text).toBe(202);
      const { taskId }: { taskId: string } = JSON.parse(answer.text);
      asked.set(taskId, ['succeeded']);
      return taskId;
    },
    async cancel(taskId) {
      asked.set(taskId, ['succeeded', 'cancelled']);
      const answer = await ask(`/api/story-tasks/${taskId}/cancel`, { method: 'POST' });
      // It may have ended by itself, or by an earlier request whose answer was lost.
      expect([202, 409], answer.text).toContain(answer.status);
    },
    awaitTask,
    ended: (taskId) => awaitTask(taskId, ({ status }) => hasEnded(status)),
  };
}

interface Answer {
  status: number;
  text: string;
}

/** All of it: half an answer is none. */
async function answerOf(url: string, init: RequestInit): Promise<Answer> {
  const response = await fetch(url, init);
  return { status: response.status, text: await response.text() };
}
