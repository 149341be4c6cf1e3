import type { TaskDetail } from '../../wire/index.ts';
import { api } from '../shell/api.ts';

/**
 * A task with its payload and the end of its log, newest first.
 * @throws ApiError
 */
export function readTask(taskId: string, options?: { signal: AbortSignal }): Promise<TaskDetail> {
  return api.get<TaskDetail>(`/api/story-tasks/${encodeURIComponent(taskId)}`, options);
}
