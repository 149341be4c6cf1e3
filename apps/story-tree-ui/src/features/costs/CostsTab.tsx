'use client';

import { useQuery } from '@tanstack/react-query';
import Coins from 'lucide-react/icons/coins';
import { Card, EmptyState, ErrorState, formatMoney, PageBody } from '../../components/index.ts';
import type { StoryCosts } from '../../wire/index.ts';
import { api, queryKeys } from '../client/index.ts';
import { counted, Section, TabSkeleton, useStoryPage } from '../kit/index.ts';
import { CallTable } from './CallTable.tsx';
import { RunTable } from './RunTable.tsx';
import { TaskCosts } from './TaskCosts.tsx';

export default function CostsTab() {
  const { storyId, detail } = useStoryPage();
  const { data, error, refetch, isFetching } = useQuery({
    queryKey: queryKeys.costs(storyId),
    queryFn: ({ signal }) => api.get<StoryCosts>(`/api/stories/${encodeURIComponent(storyId)}/costs`, { signal }),
  });
  if (data === undefined) {
    if (error === null) return <TabSkeleton />;
    return (
      <PageBody>
        <ErrorState title="The costs could not be loaded" error={error} onRetry={refetch} retrying={isFetching} />
      </PageBody>
    );
  }
  if (data.calls.length === 0) {
    return (
      <PageBody>
        <EmptyState icon={Coins} title="Nothing has been spent yet">
          <p>Every model call is recorded here, with its purpose and its cost.</p>
        </EmptyState>
      </PageBody>
    );
  }
  return (
    <PageBody className="space-y-12">
      <Totals costs={data} isStub={detail.story.mode === 'stub'} />
      <Section title="By task">
        <TaskCosts tasks={data.tasks} />
      </Section>
      <Section title="By run" note="What each run took, next to its estimate">
        <RunTable runs={data.runs} />
      </Section>
      <CallTable costs={data} />
    </PageBody>
  );
}

function Totals({ costs: { totalUsd, tasks }, isStub }: { costs: StoryCosts; isStub: boolean }) {
  const calls = tasks.reduce((sum, task) => sum + task.calls, 0);
  return (
    <Card className="flex flex-wrap items-center gap-x-10 gap-y-4 px-6 py-6">
      <dl className="flex flex-wrap gap-x-10 gap-y-4">
        <Total name="Total" value={formatMoney(totalUsd)} />
        <Total name="Model calls" value={calls.toLocaleString('en')} />
        {totalUsd > 0 && calls > 0 && <Total name="Per call" value={formatMoney(totalUsd / calls, true)} />}
      </dl>
      <p className="min-w-60 flex-1 text-ink-soft text-sm">
        {isStub
          ? 'This story was made in demo mode, from sample material on this machine: it cost nothing.'
          : `Calculated from the tokens that the service reports and a price table: ${counted(calls, 'call')}. Only the invoice is binding.`}
      </p>
    </Card>
  );
}

function Total({ name, value }: { name: string; value: string }) {
  return (
    <div className="flex flex-col-reverse">
      <dt className="text-ink-soft text-xs">{name}</dt>
      <dd className="font-display font-semibold text-3xl tabular-nums">{value}</dd>
    </div>
  );
}
