import type { ErrorCode, Issue } from '@story-tree/domain';
import type { ErrorBody } from '../../wire/index.ts';

/** `offline` when no answer came at all; otherwise what the server says. */
export type ApiErrorCode = ErrorCode | 'offline';

/** A failed request. `message` is a sentence for people. */
export class ApiError extends Error {
  readonly code: ApiErrorCode;
  /** HTTP status; 0 without an answer. */
  readonly status: number;
  readonly issues: readonly Issue[];
  /** The task that holds the story, on `story_busy`. */
  readonly taskId: string | undefined;

  constructor(
    code: ApiErrorCode,
    status: number,
    message: string,
    details: { issues?: readonly Issue[]; taskId?: string } = {},
  ) {
    super(message);
    this.name = 'ApiError';
    this.code = code;
    this.status = status;
    this.issues = details.issues ?? [];
    this.taskId = details.taskId;
  }
}

interface RequestOptions {
  signal?: AbortSignal | undefined;
  /** Makes a repeated POST harmless. */
  idempotencyKey?: string;
}

/** JSON over HTTP with the server that the page came from. Every method throws {@link ApiError}. */
export const api = {
  get: <T>(path: string, options?: RequestOptions) => request<T>('GET', path, undefined, options),
  post: <T>(path: string, body?: unknown, options?: RequestOptions) => request<T>('POST', path, body, options),
  delete: <T>(path: string, options?: RequestOptions) => request<T>('DELETE', path, undefined, options),
};

async function request<T>(method: string, path: string, body: unknown, options: RequestOptions = {}): Promise<T> {
  const response = await send(path, {
    method,
    headers: {
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(options.idempotencyKey ? { 'idempotency-key': options.idempotencyKey } : {}),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(options.signal ? { signal: options.signal } : {}),
  });
  if (!response.ok) throw await refusal(response);
  if (response.status === 204) return undefined as T;
  return await resultOf<T>(response);
}

async function send(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, init);
  } catch (thrown) {
    if (init.signal?.aborted) throw thrown;
    throw new ApiError(
      'offline',
      0,
      'Story Tree is not responding. Check that it is running and that you are connected.',
    );
  }
}

async function resultOf<T>(response: Response): Promise<T> {
  try {
    return (await response.json()) as T;
  } catch (thrown) {
    if (!(thrown instanceof SyntaxError)) throw thrown;
    throw new ApiError('internal', response.status, 'Something other than Story Tree has answered. Reload the page.');
  }
}

async function refusal(response: Response): Promise<ApiError> {
  try {
    const { error } = (await response.json()) as ErrorBody;
    return new ApiError(error.code, response.status, error.message, error);
  } catch {
    return foreignRefusal(response.status);
  }
}

/** Something between us and the server has answered in its own way. */
function foreignRefusal(status: number): ApiError {
  if (status === 413) {
    return new ApiError('payload_too_large', status, 'That is too long to be sent. Shorten it, then try again.');
  }
  if ([502, 503, 504].includes(status)) {
    return new ApiError('offline', status, 'Story Tree is not responding. Check that it is running, then try again.');
  }
  return new ApiError('internal', status, `The server answered with status ${status}. Try again in a moment.`);
}
