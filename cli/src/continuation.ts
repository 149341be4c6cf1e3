import type { ErrorCode } from '@story-tree/domain/errors';
import { ERROR_CODES } from '@story-tree/domain/errors';

/** Flags that describe a story yet to be created; each has a value. */
const OF_NEW_STORY = ['--prompt', '--title', '--language', '--audience', '--scenelets'];

/** The arguments that continue a run of a story which the same arguments began. */
export function continuing(args: readonly string[], storyId: string): string[] {
  const kept = withoutFlags(args, OF_NEW_STORY);
  return kept.some((arg) => /^--story-id(?:=|$)/.test(arg)) ? kept : [...kept, '--story-id', storyId];
}

/** Whether running on may succeed after such a failure. */
export function canContinue(code: ErrorCode): boolean {
  return code === 'cancelled' || code === 'budget_reached' || ERROR_CODES[code].retry;
}

function withoutFlags(args: readonly string[], flags: readonly string[]): string[] {
  const kept: string[] = [];
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    if (flags.includes(arg)) at += 1;
    else if (!flags.some((flag) => arg.startsWith(`${flag}=`))) kept.push(arg);
  }
  return kept;
}
