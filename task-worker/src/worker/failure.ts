import { causesOf, type Issue, type StoryTaskFailure, toStoryTreeError } from '@story-tree/domain';

/** A failure as others see it: no secret is in it, and nothing foreign in what people read. */
export interface ToldFailure extends StoryTaskFailure {
  details: FailureDetails;
}

/** For whoever looks into a failure: the facts of the error, what was wrong where, and what brought it about. */
export type FailureDetails = Readonly<Record<string, string | readonly Issue[]>>;

/** Long enough for what a service says of a refusal. */
const CAUSE_LENGTH = 1_000;
const MOST_ISSUES = 20;

/** @param redact hides secrets in a text */
export function toldFailure(thrown: unknown, redact: (text: string) => string): ToldFailure {
  const error = toStoryTreeError(thrown);
  const { code, message, details, issues } = error;
  const facts = Object.entries(details).map(([name, value]) => [name, redact(value)] as const);
  const found = issues.slice(0, MOST_ISSUES).map((issue) => ({ path: issue.path, message: redact(issue.message) }));
  // Nobody has written down what an unexpected error says, so it is for the log alone.
  const cause = code === 'internal' ? '' : redact(causesOf(error)).slice(0, CAUSE_LENGTH);
  return {
    code,
    message: redact(message),
    details: {
      ...Object.fromEntries(facts),
      ...(found.length === 0 ? {} : { issues: found }),
      ...(cause === '' ? {} : { cause }),
    },
  };
}
