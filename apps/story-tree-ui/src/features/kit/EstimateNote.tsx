'use client';

import { basisInWords, dollars, timeInWords } from '@story-tree/domain';
import { useQuery } from '@tanstack/react-query';
import Clock from 'lucide-react/icons/clock';
import Coins from 'lucide-react/icons/coins';
import type { ReactNode } from 'react';
import { type Icon, SkeletonText } from '../../components/index.ts';
import type { RunEstimate } from '../../wire/index.ts';
import { api, queryKeys } from '../client/index.ts';
import { counted } from './storyParts.ts';

/** The estimate of a run, before it is requested. Nothing waits for it. */
export function EstimateNote({ wanted }: { wanted: EstimateSubject }) {
  const { data, error, refetch, isFetching } = useEstimate(wanted);
  return (
    <section aria-label="Estimate" aria-live="polite" aria-busy={isFetching} className="min-h-16 text-ink-soft text-sm">
      {data !== undefined && <Figures estimate={data} />}
      {data === undefined && error === null && <SkeletonText lines={3} />}
      {data === undefined && error !== null && (
        <p>
          The estimate could not be loaded.{' '}
          <button type="button" onClick={() => refetch()} className="rounded text-accent underline">
            Try again
          </button>
        </p>
      )}
    </section>
  );
}

function Figures({ estimate: { calls, costUsd, durationMs, basis } }: { estimate: RunEstimate }) {
  if (calls === 0) return <p>No model calls are needed: it costs nothing.</p>;
  return (
    <div className="space-y-1">
      <Fact icon={Clock}>Takes {timeInWords(durationMs)}</Fact>
      <Fact icon={Coins}>
        {counted(calls, 'model call')}, {costInWords(costUsd)}
      </Fact>
      <p className="text-ink-faint text-xs">Estimated {basisInWords(basis)}.</p>
    </div>
  );
}

function costInWords(usd: number | null): string {
  if (usd === null) return 'cost unknown';
  return usd === 0 ? 'free of charge' : dollars(usd);
}

function Fact({ icon: Sign, children }: { icon: Icon; children: ReactNode }) {
  return (
    <p className="flex items-center gap-2">
      <Sign size={14} className="shrink-0 text-ink-faint" />
      <span>{children}</span>
    </p>
  );
}

/** What to estimate: a story that does not exist yet, or a run of an existing one. */
type EstimateSubject =
  | { targetScenelets: string; until: string | null }
  | { storyId: string; task: string; override: boolean };

/** Reads the estimate of a run. */
function useEstimate(wanted: EstimateSubject) {
  const path = pathOf(wanted);
  return useQuery({
    queryKey: 'storyId' in wanted ? queryKeys.storyEstimate(wanted.storyId, path) : queryKeys.estimate(path),
    queryFn: ({ signal }) => api.get<RunEstimate>(path, { signal }),
  });
}

function pathOf(wanted: EstimateSubject): string {
  if ('storyId' in wanted) {
    const { storyId, task, override } = wanted;
    const query = new URLSearchParams({ task, ...(override ? { override: 'true' } : {}) });
    return `/api/stories/${encodeURIComponent(storyId)}/estimate?${query}`;
  }
  const { targetScenelets, until } = wanted;
  const query = new URLSearchParams({
    ...(targetScenelets === '' ? {} : { targetScenelets }),
    ...(until === null ? {} : { until }),
  });
  return `/api/estimate?${query}`;
}
