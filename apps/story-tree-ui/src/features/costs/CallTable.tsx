'use client';

import { useMemo } from 'react';
import { Badge, Duration, Money, RelativeTime, Select, type Tone } from '../../components/index.ts';
import type { ModelCallLine, StoryCosts } from '../../wire/index.ts';
import { counted, Section, useAddressParam, useGrowingList } from '../kit/index.ts';
import { CELL, RecordTable } from './RecordTable.tsx';

const STATUSES: Record<ModelCallLine['status'], { tone: Tone; text: string }> = {
  started: { tone: 'busy', text: 'In progress' },
  committed: { tone: 'good', text: 'Kept' },
  failed: { tone: 'bad', text: 'Failed' },
  discarded: { tone: 'warn', text: 'Not used' },
  interrupted: { tone: 'warn', text: 'Interrupted' },
};

/** Every model call, newest first; optionally of one task. */
export function CallTable({ costs: { tasks, calls } }: { costs: StoryCosts }) {
  const [task, setTask] = useAddressParam('task');
  const wanted = useMemo(
    () => (task === null ? calls : calls.filter(({ workflowTask }) => workflowTask === task)),
    [calls, task],
  );
  const { shown, sentinel } = useGrowingList(wanted);
  const titles = new Map(tasks.map(({ workflowTask, title }) => [workflowTask, title]));
  const all = tasks.reduce((sum, each) => sum + each.calls, 0);

  return (
    <Section
      title="By call"
      note={
        all > calls.length ? `The newest ${counted(calls.length, 'call')} of ${all}` : counted(calls.length, 'call')
      }
      actions={
        <Select
          aria-label="Task"
          value={task ?? ''}
          onChange={(event) => setTask(event.target.value || null)}
          className="w-56"
        >
          <option value="">All tasks</option>
          {tasks.map(({ workflowTask, title }) => (
            <option key={workflowTask} value={workflowTask}>
              {title}
            </option>
          ))}
        </Select>
      }
    >
      <RecordTable
        label="Model calls"
        columns={['Task', 'Unit', 'Model', 'Outcome', 'Took', 'Cost', 'When']}
        className="min-w-2xl"
      >
        {shown.map((call) => (
          <CallRow key={call.id} call={call} title={titles.get(call.workflowTask) ?? call.workflowTask} />
        ))}
      </RecordTable>
      {sentinel}
    </Section>
  );
}

function CallRow({ call, title }: { call: ModelCallLine; title: string }) {
  const { tone, text } = STATUSES[call.status];
  return (
    <tr className="border-line border-t">
      <td className={CELL}>{title}</td>
      <td className={`${CELL} font-mono text-ink-soft text-xs`}>{call.unitKey}</td>
      <td className={`${CELL} text-ink-soft`}>{call.model}</td>
      <td className={CELL}>
        <Badge tone={tone}>{text}</Badge>
        {call.errorCode && <code className="mt-1 block font-mono text-ink-soft text-xs">{call.errorCode}</code>}
      </td>
      <td className={`${CELL} whitespace-nowrap`}>
        {call.latencyMs === null ? '–' : <Duration milliseconds={call.latencyMs} />}
        {call.attempts !== null && call.attempts > 1 && (
          <span className="block text-ink-faint text-xs">{call.attempts} attempts</span>
        )}
      </td>
      <td className={CELL}>{call.costUsd === null ? '–' : <Money usd={call.costUsd} exact={call.costUsd > 0} />}</td>
      <td className={`${CELL} whitespace-nowrap text-ink-soft`}>
        <RelativeTime at={call.startedAt} />
      </td>
    </tr>
  );
}
