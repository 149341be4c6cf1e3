/**
 * Every failure that a person or a program may have to act on has one of these codes. The code alone decides the HTTP
 * status, the exit code of the command line, and whether trying again can help.
 */
export const ERROR_CODES = {
  usage: { http: 422, exit: 2, retry: false },
  invalid_input: { http: 422, exit: 1, retry: false },
  bad_request: { http: 400, exit: 2, retry: false },
  unauthorized: { http: 401, exit: 1, retry: false },
  forbidden: { http: 403, exit: 1, retry: false },
  not_found: { http: 404, exit: 1, retry: false },
  method_not_allowed: { http: 405, exit: 1, retry: false },
  payload_too_large: { http: 413, exit: 1, retry: false },
  unsupported_media_type: { http: 415, exit: 1, retry: false },
  idempotency_mismatch: { http: 422, exit: 1, retry: false },
  too_many_requests: { http: 429, exit: 1, retry: true },
  task_ended: { http: 409, exit: 1, retry: false },
  task_unstoppable: { http: 409, exit: 1, retry: false },
  prerequisite_missing: { http: 409, exit: 1, retry: false },
  already_completed: { http: 409, exit: 1, retry: false },
  has_dependants: { http: 409, exit: 1, retry: false },
  story_busy: { http: 409, exit: 1, retry: true },
  lease_lost: { http: 409, exit: 1, retry: true },
  cancelled: { http: 409, exit: 130, retry: false },
  interrupted: { http: 503, exit: 1, retry: true },
  no_playable_content: { http: 409, exit: 1, retry: false },
  budget_reached: { http: 409, exit: 1, retry: false },
  bundle_exists: { http: 409, exit: 1, retry: false },
  bundle_invalid: { http: 409, exit: 1, retry: false },
  file_error: { http: 500, exit: 1, retry: true },
  queue_unavailable: { http: 503, exit: 1, retry: true },
  database_unavailable: { http: 503, exit: 1, retry: true },
  not_configured: { http: 503, exit: 1, retry: false },
  model_reply_invalid: { http: 502, exit: 1, retry: true },
  model_blocked: { http: 502, exit: 1, retry: false },
  model_truncated: { http: 502, exit: 1, retry: true },
  model_empty: { http: 502, exit: 1, retry: true },
  model_rate_limited: { http: 503, exit: 1, retry: true },
  model_quota_exhausted: { http: 503, exit: 1, retry: false },
  model_unavailable: { http: 503, exit: 1, retry: true },
  model_rejected: { http: 502, exit: 1, retry: false },
  model_unauthorized: { http: 502, exit: 1, retry: false },
  internal: { http: 500, exit: 1, retry: false },
} as const satisfies Record<string, { http: number; exit: number; retry: boolean }>;

export type ErrorCode = keyof typeof ERROR_CODES;

/** One problem and its place: `path` is dotted, and empty for the whole. */
export interface Issue {
  path: string;
  message: string;
}

export interface StoryTreeErrorOptions {
  cause?: unknown;
  issues?: readonly Issue[];
  /** Facts for programs, such as the task that holds a story. Never secrets. */
  details?: Readonly<Record<string, string>>;
}

/**
 * The one error type. `message` is a sentence for people that names the way out; it never contains secrets or a model's raw
 * reply. The cause stays in `cause`, for logs only.
 */
export class StoryTreeError extends Error {
  readonly code: ErrorCode;
  readonly issues: readonly Issue[];
  readonly details: Readonly<Record<string, string>>;

  constructor(code: ErrorCode, message: string, options: StoryTreeErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'StoryTreeError';
    this.code = code;
    this.issues = options.issues ?? [];
    this.details = options.details ?? {};
  }

  /** The same error with `context`, the place where it happened, in front of its message. */
  within(context: string): StoryTreeError {
    return new StoryTreeError(this.code, `${context}: ${this.message}`, {
      cause: this.cause ?? this,
      issues: this.issues,
      details: this.details,
    });
  }
}

/** What anything thrown says. An error for several addresses of one host says nothing itself. */
export function reasonOf(thrown: unknown): string {
  if (thrown instanceof AggregateError && thrown.message === '') return thrown.errors.map(reasonOf).join(', ');
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** The code that anything thrown carries, such as `ENOENT`, an SQLSTATE or one of ours; undefined without one. */
export function codeOf(thrown: unknown): string | undefined {
  return thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : undefined;
}

/** The messages of what led to an error, the nearest first; empty if nothing did. For logs: anything may be in there. */
export function causesOf({ cause }: Error): string {
  if (!(cause instanceof Error)) return '';
  const further = causesOf(cause);
  return further === '' ? cause.message : `${cause.message}: ${further}`;
}

/** Anything thrown, as a {@link StoryTreeError}: other errors become `internal`, with the original as the cause. */
export function toStoryTreeError(thrown: unknown): StoryTreeError {
  if (thrown instanceof StoryTreeError) return thrown;
  return new StoryTreeError(
    'internal',
    'Something went wrong that Story Tree did not expect. The log has the details.',
    {
      cause: thrown,
    },
  );
}
