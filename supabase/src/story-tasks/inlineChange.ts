import type { InlineChange, NewStoryTaskEvent } from '@story-tree/domain';

/** The line that tells what an inline operation did. */
export function doneLine(change: InlineChange): NewStoryTaskEvent {
  return { eventType: 'info', step: 'succeeded', message: sentence(change) };
}

function sentence(change: InlineChange): string {
  switch (change.kind) {
    case 'create-story':
      return 'The story is created.';
    case 'rename-story':
      return `The story is called “${change.displayName}” now.`;
    case 'restore-constitution':
      // The new version's number takes the place of %s once there is one.
      return `Version ${change.version} of the constitution is back, as version %s.`;
    default:
      return change satisfies never;
  }
}
