import { hasEnded } from '@story-tree/domain';
import { afterAll, beforeAll, expect } from 'vitest';
import type { ErrorBody, TaskDetail } from '../../../apps/story-tree-ui/src/wire/index.ts';
import { eventually } from '../eventually.ts';
import { type AppOptions, type RunningApp, sharedApp, startApp } from '../programs/app.ts';

/** A running app, and ways to speak to it as a program does. */
export interface Api {
  app: RunningApp;
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** The JSON of an answer that has to be a good one. */
  read<T>(path: string): Promise<T>;
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>;
  /** Asks for a task. @returns its id */
  submit(body: unknown): Promise<string>;
  /** The task once it is as it should be. */
  awaitTask(taskId: string, isSo: (task: TaskDetail) => boolean): Promise<TaskDetail>;
  ended(taskId: string): Promise<TaskDetail>;
  /** A story of which nothing has been made yet. @returns its id */
  newStory(prompt?: string): Promise<string>;
}

/** Starts an app for the tests of a file. */
export function useApi(options: () => AppOptions | Promise<AppOptions> = () => ({})): () => Api {
  let app: RunningApp | undefined;
  const api = useApiOf(async () => {
    app = await startApp(await options());
    return app;
  });
  afterAll(() => app?.close());
  return api;
}

/** The app that all test files of a process share, which has the stories of other tests, and no worker. */
export function useSharedApi(): () => Api {
  return useApiOf(sharedApp);
}

function useApiOf(start: () => Promise<RunningApp>): () => Api {
  let api: Api | undefined;
  beforeAll(async () => {
    api = apiOf(await start());
  });
  return () => {
    if (api === undefined) throw new Error('The app has not started.');
    return api;
  };
}

export function apiOf(app: RunningApp): Api {
  const ask = (path: string, init?: RequestInit) => fetch(`${app.url}${path}`, { redirect: 'manual', ...init });

  async function read<T>(path: string): Promise<T> {
    const response = await ask(path);
    expect(response.status, `${path}: ${response.ok ? '' : await response.clone().text()}`).toBe(200);
    return (await response.json()) as T;
  }

  const post: Api['post'] = (path, body, headers = {}) =>
    ask(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });

  async function submit(body: unknown): Promise<string> {
    const response = await post('/api/story-tasks', body);
    expect(response.status, await response.clone().text()).toBe(202);
    return ((await response.json()) as { taskId: string }).taskId;
  }

  function awaitTask(taskId: string, isSo: (task: TaskDetail) => boolean): Promise<TaskDetail> {
    let task: TaskDetail;
    return eventually(
      async () => {
        task = await read<TaskDetail>(`/api/story-tasks/${taskId}`);
        return isSo(task) ? task : null;
      },
      () => `The task stays as it is: ${JSON.stringify(task)}\n${app.said()}`,
      { everyMs: 50 },
    );
  }

  return {
    app,
    fetch: ask,
    read,
    post,
    submit,
    awaitTask,
    ended: (taskId) => awaitTask(taskId, ({ status }) => hasEnded(status)),
    async newStory(prompt = 'A door in the sea') {
      const taskId = await submit({ operation: 'CREATE_STORY', payload: { prompt } });
      return String((await read<TaskDetail>(`/api/story-tasks/${taskId}`)).storyId);
    },
  };
}

/** The error of an answer, which has to have the one shape and to give nothing away. */
export async function errorOf(response: Response): Promise<ErrorBody['error']> {
  const text = await response.text();
  expect(response.headers.get('content-type'), text.slice(0, 300)).toBe('application/json');
  const body = JSON.parse(text) as ErrorBody;
  expect(Object.keys(body)).toEqual(['error']);
  expect(body.error).toMatchObject({ code: expect.stringMatching(/^[a-z_]+$/), message: expect.stringMatching(/\S/) });
  expect(text).not.toMatch(/\bat .+:\d+:\d+|node_modules|select |insert |password|postgres(ql)?:/i);
  return body.error;
}
