'use client';

import { basisInWords, callsInWords, dollars, timeInWords } from '@story-tree/domain';
import { useQuery } from '@tanstack/react-query';
import Clock from 'lucide-react/icons/clock';
import Coins from 'lucide-react/icons/coins';
import type { ReactNode } from 'react';
import { type Icon, SkeletonText } from '../../components/index.ts';
import type { RunEstimate } from '../../wire/index.ts';
import { api, queryKeys } from '../client/index.ts';

/** What a run is going to take, before it is asked for. Nothing waits for it. */
export function EstimateNote({ wanted }: { wanted: Foreseeable }) {
  const { data, error, refetch, isFetching } = useEstimate(wanted);
  return (
    <section aria-label="Estimate" aria-live="polite" aria-busy={isFetching} className="min-h-16 text-ink-soft text-sm">
      {data !== undefined && <Figures estimate={data} />}
      {data === undefined && error === null && <SkeletonText lines={3} />}
      {data === undefined && error !== null && (
        <p>
          What it takes could not be estimated.{' '}
          <button type="button" onClick={() => refetch()} className="rounded text-accent underline">
            Try again
          </button>
        </p>
      )}
    </section>
  );
}

function Figures({ estimate: { calls, costUsd, durationMs, basis } }: { estimate: RunEstimate }) {
  if (calls === 0) return <p>No model has to be asked: it costs nothing.</p>;
  return (
    <div className="space-y-1">
      <Fact icon={Clock}>Takes {timeInWords(durationMs)}</Fact>
      <Fact icon={Coins}>
        {callsInWords(calls)} of models, {costInWords(costUsd)}
      </Fact>
      <p className="text-ink-faint text-xs">Estimated {basisInWords(basis)}.</p>
    </div>
  );
}

function costInWords(usd: number | null): string {
  if (usd === null) return 'cost unknown';
  return usd === 0 ? 'for nothing' : dollars(usd);
}

function Fact({ icon: Sign, children }: { icon: Icon; children: ReactNode }) {
  return (
    <p className="flex items-center gap-2">
      <Sign size={14} className="shrink-0 text-ink-faint" />
      <span>{children}</span>
    </p>
  );
}

/** What is to be foreseen: a story that is yet to be made, or a run of one that there is. */
type Foreseeable =
  | { targetScenelets: string; until: string | null }
  | { storyId: string; task: string; override: boolean };

/** Asks what a run is going to take. */
function useEstimate(wanted: Foreseeable) {
  const path = pathOf(wanted);
  return useQuery({
    queryKey: 'storyId' in wanted ? queryKeys.storyEstimate(wanted.storyId, path) : queryKeys.estimate(path),
    queryFn: ({ signal }) => api.get<RunEstimate>(path, { signal }),
  });
}

function pathOf(wanted: Foreseeable): string {
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
