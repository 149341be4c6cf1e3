import type { Stack } from '../stack/stack.ts';
import { CLOCKS } from './clocks.ts';
import { OUTAGES } from './outages.ts';
import { PROCESS_TROUBLES } from './processes.ts';
import { SECOND_STARTS } from './secondStarts.ts';
import { CLIENT_STOPPED } from './standstill.ts';
import { DISK_TROUBLES, LIMIT_TROUBLES } from './storage.ts';
import type { Trouble } from './trouble.ts';

/** Troubles of processes, which happen one after the other. */
export const OF_PROCESSES: readonly Trouble[] = [
  ...PROCESS_TROUBLES,
  ...LIMIT_TROUBLES,
  ...OUTAGES,
  CLIENT_STOPPED,
  ...SECOND_STARTS,
  ...CLOCKS,
];

/** Troubles of disks, which happen at the same time as those. */
export const OF_DISKS: readonly Trouble[] = DISK_TROUBLES;

export const TROUBLES: readonly Trouble[] = [...OF_PROCESSES, ...OF_DISKS];

/** Finds a trouble by its name. @throws Error when there is none */
export function troubleCalled(name: string): Trouble {
  const trouble = TROUBLES.find((one) => one.name === name);
  if (trouble === undefined) throw new Error(`There is no trouble ${name}.`);
  return trouble;
}

/** Whether this user can make a trouble for a stack on this machine. */
export function isPossible({ appliesTo, obstacle }: Trouble, stack: Stack): boolean {
  return appliesTo?.(stack) !== false && (obstacle?.(stack) ?? null) === null;
}

/** Troubles that apply to a stack but cannot be made here, and why. */
export function impossibleTroubles(stack: Stack): string[] {
  const concerned = TROUBLES.filter(({ appliesTo }) => appliesTo?.(stack) !== false);
  return concerned.flatMap(({ kind, obstacle }) => {
    const reason = obstacle?.(stack) ?? null;
    return reason === null ? [] : [`${kind}: ${reason}`];
  });
}
