'use client';

import { ButtonLink, ErrorState, PageBody } from '../../components/index.ts';

/** In the place of a tab that could not be shown; the rest of the page stays in use. */
export function TabFailure({ error, onRetry }: { error: Error; onRetry(): void }) {
  return (
    <PageBody>
      <ErrorState
        title="This part of the story could not be shown"
        error={error}
        onRetry={onRetry}
        actions={
          <ButtonLink href="/story" size="small">
            Back to your stories
          </ButtonLink>
        }
      />
    </PageBody>
  );
}
