'use client';

import { TabFailure } from '../../../../features/story/StoryTab.tsx';

export default function TabError({ error, reset }: { error: Error; reset(): void }) {
  return <TabFailure error={error} onRetry={reset} />;
}
