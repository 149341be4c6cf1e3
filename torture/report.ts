import type { Payments } from './invariants/payments.ts';
import type { Ordeal } from './ordeal.ts';
import type { RoundResult } from './round.ts';

/** One line about a finished round. */
export function describeRound(
  backend: string,
  { seed, seconds, tasks, troubles, faults, payments, violations }: RoundResult,
): string {
  const mark = violations.length === 0 ? '✓' : '✗';
  const done = `${sum(troubles)} troubles, ${sum(faults)} model faults, ${tasks} tasks`;
  return `${mark} ${backend}, seed ${seed}: ${done}, ${payments.answered} replies paid for, ${payments.lost} of them lost, ${seconds.toFixed(0)} s`;
}

/** What was done, how often, and what it cost. */
export function describeOrdeals(ordeals: readonly Ordeal[]): string {
  const backends = ordeals.map(({ backend, rounds }) => `${backend} (${rounds.length} rounds)`);
  const totals = ordeals.map(({ rounds }) => totalOf(rounds));
  const rows: [string, ...number[]][] = [
    ...rowsOf(totals.map(({ troubles }) => troubles)),
    ...rowsOf(totals.map(({ faults }) => faults)).map(([name, ...counts]): [string, ...number[]] => [
      `model: ${name}`,
      ...counts,
    ]),
    ['tasks', ...totals.map(({ tasks }) => tasks)],
    ['requests to models', ...totals.map(({ payments }) => payments.requests)],
    ['replies paid for', ...totals.map(({ payments }) => payments.answered)],
    ['  kept in the journal', ...totals.map(({ payments }) => payments.known)],
    ['  lost with a call in progress, and asked for again', ...totals.map(({ payments }) => payments.lost)],
  ];
  const skipped = [...new Set(ordeals.flatMap(({ impossible }) => impossible))].map((line) => `Skipped: ${line}.`);
  return [table(['', ...backends], rows), ...skipped].join('\n');
}

/** How to see a violation again. */
export function describeViolation({ backend, rounds, kept }: Ordeal): string {
  const round = rounds.at(-1);
  const forced = (round?.forced ?? []).map((name) => ` --trouble ${name}`).join('');
  return [
    ...(round?.violations ?? []),
    '',
    `It happened in round ${rounds.length}, seed ${round?.seed}; what was done:`,
    ...(round?.story ?? []).map((line) => `  ${line}`),
    `Files, logs and requests are in ${kept}.`,
    `Repeat it with: npm run torture -- --seed ${round?.seed} --rounds 1 --backend ${backend}${forced}`,
  ].join('\n');
}

type Totals = Pick<RoundResult, 'troubles' | 'faults' | 'tasks' | 'payments'>;

function totalOf(rounds: readonly RoundResult[]): Totals {
  const payments: Payments = { requests: 0, answered: 0, known: 0, lost: 0 };
  return rounds.reduce<Totals>(
    (total, round) => ({
      troubles: added(total.troubles, round.troubles),
      faults: added(total.faults, round.faults),
      tasks: total.tasks + round.tasks,
      payments: { ...total.payments, ...added({ ...total.payments }, { ...round.payments }) },
    }),
    { troubles: {}, faults: {}, tasks: 0, payments },
  );
}

type Counts = Readonly<Record<string, number>>;

function added(one: Counts, other: Counts): Record<string, number> {
  const names = Object.keys({ ...one, ...other });
  return Object.fromEntries(names.map((name) => [name, (one[name] ?? 0) + (other[name] ?? 0)]));
}

const sum = (counts: Counts) => Object.values(counts).reduce((total, count) => total + count, 0);

function rowsOf(columns: readonly Counts[]): [string, ...number[]][] {
  const names = [...new Set(columns.flatMap((column) => Object.keys(column)))].sort();
  return names.map((name) => [name, ...columns.map((column) => column[name] ?? 0)]);
}

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const lines = [head, ...rows].map((row) => row.map(String));
  const widths = head.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines
    .map((line) =>
      line
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
        .join('  '),
    )
    .join('\n');
}
