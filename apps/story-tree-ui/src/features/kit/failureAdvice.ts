import type { ErrorCode } from '@story-tree/domain';

/** What a person can do about a task that failed. */
export interface FailureAdvice {
  /** One or two sentences. */
  next: string;
  /** Whether the same request can ever work again. */
  canRetry: boolean;
  /** Whether the story’s page is the place to do it. */
  onStoryPage: boolean;
}

const retry = (next: string): FailureAdvice => ({ next, canRetry: true, onStoryPage: false });
const retryAfterStory = (next: string): FailureAdvice => ({ next, canRetry: true, onStoryPage: true });
const story = (next: string): FailureAdvice => ({ next, canRetry: false, onStoryPage: true });

const ADVICE: Partial<Record<ErrorCode, FailureAdvice>> = {
  not_configured: retry(
    'Set what is missing in the server’s environment or its .env file, restart Story Tree, then try again.',
  ),
  model_unauthorized: retry('Check GEMINI_API_KEY in the server’s environment, restart Story Tree, then try again.'),
  model_quota_exhausted: retry(
    'Wait until the quota of the key is renewed, or raise it at Google; then try again. What was made is kept.',
  ),
  budget_reached: story('Continue with a higher limit, or without one: only what is missing is paid for.'),
  model_rate_limited: retry('Wait a minute, then try again. What was made is kept.'),
  model_unavailable: retry('The model is down or overloaded. Try again in a few minutes. What was made is kept.'),
  model_blocked: retryAfterStory(
    'The model refused these words. Change the passage it names, in the constitution or the prompt, then try again.',
  ),
  model_rejected: retry(
    'Check the names of the models in the server’s environment, restart Story Tree, then try again.',
  ),
  model_truncated: retry('Try again: a model rarely runs out of room twice. If it does, ask for something shorter.'),
  model_empty: retry('Try again: a model answers differently each time.'),
  model_reply_invalid: retry('Try again: a model answers differently each time.'),
  prerequisite_missing: retryAfterStory('Open the story, run what is missing from its Run Task menu, then try again.'),
  already_completed: story('It already exists. To replace it, regenerate it from the story’s Run Task menu.'),
  has_dependants: story(
    'Other things were made from it. Regenerate it from the story’s Run Task menu, which lists what will be removed.',
  ),
  story_busy: retry('Wait until the other task of this story is done, or cancel it; then try again.'),
  lease_lost: retry('Someone else took over the story. Wait until they are done, then try again.'),
  interrupted: retry('The worker was stopped in the middle of it. Try again: what was made is kept.'),
  no_playable_content: retryAfterStory(
    'Finish at least one path of the story, from its beginning to an ending, then try again.',
  ),
  bundle_exists: retry('Try again: the existing bundle will then be replaced.'),
  bundle_invalid: retryAfterStory('Make the missing pictures or lines from the Run Task menu, then try again.'),
  file_error: retry('Check that the server’s disk has room and that its folders can be written to, then try again.'),
  database_unavailable: retry('Check that the database is running, then try again.'),
  queue_unavailable: retry('Check that the queue’s server is running, then try again.'),
  invalid_input: story('Request it again from the story’s page.'),
  not_found: { next: 'The story is gone: there is nothing left to do.', canRetry: false, onStoryPage: false },
  internal: retry('Look in the worker’s log for the cause. Trying again does no harm: what was made is kept.'),
};

/** What to do about a failure, by its code. */
export function failureAdvice(code: string): FailureAdvice {
  return ADVICE[code as ErrorCode] ?? retry('Try again. If it fails the same way, look in the worker’s log.');
}
