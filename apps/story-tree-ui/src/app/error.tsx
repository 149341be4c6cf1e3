'use client';

import { useEffect } from 'react';
import { ButtonLink, ErrorState, PageBody } from '../components/index.ts';

/** Shown in place of a page that failed. */
export default function PageError({ error, retry }: { error: unknown; retry(): void }) {
  useEffect(() => console.error(error), [error]);
  return (
    <PageBody width="text">
      <h1 className="mb-5 text-3xl">This page ran into a problem</h1>
      <ErrorState
        error={error}
        onRetry={retry}
        actions={
          <ButtonLink href="/story" size="small">
            All stories
          </ButtonLink>
        }
      />
    </PageBody>
  );
}
