import { setTimeout as sleep } from 'node:timers/promises';
import { type RunningPart, startPart } from '../../support/app.ts';
import type { Variables } from '../../support/cli.ts';
import type { Lot } from '../../support/seeded.ts';

/** A program of the product that is started again whenever it has ended. */
export interface KeptPart {
  name: string;
  /** Null in the moments between an end and the next start. */
  pid(): number | null;
  signal(signal: NodeJS.Signals): void;
  /** All that it has said, over all its lives. */
  said(): string;
  /** The times that it ended though nobody had killed it. */
  collapses: string[];
  /** Tells it to end, and starts it no more. */
  stop(): Promise<void>;
}

export interface KeptPartOptions {
  name: string;
  program: string;
  /** Asked before each start. */
  variables(): Variables;
  /** Hears of each new process. */
  onStart?(part: RunningPart): void;
  lot: Lot;
}

/** Keeps a part running as a supervisor does. */
export function keepPart({ name, program, variables, onStart, lot }: KeptPartOptions): KeptPart {
  const lives: RunningPart[] = [];
  const collapses: string[] = [];
  let isStopping = false;

  async function keep(): Promise<void> {
    while (!isStopping) {
      const part = startPart(program, variables());
      lives.push(part);
      onStart?.(part);
      await new Promise((resolve) => part.process.once('close', resolve));
      if (isStopping) return;
      if (part.process.signalCode !== 'SIGKILL')
        collapses.push(`${name} ended by itself: ${part.said().slice(-2_000)}`);
      await sleep(200 + lot.below(1_000));
    }
  }

  const current = () => lives.at(-1)?.process;
  const kept = keep();
  return {
    name,
    collapses,
    pid() {
      const child = current();
      return child?.exitCode === null && child.signalCode === null ? (child.pid ?? null) : null;
    },
    signal: (signal) => void current()?.kill(signal),
    said: () => lives.map((part) => part.said()).join(''),
    async stop() {
      isStopping = true;
      current()?.kill('SIGCONT');
      current()?.kill('SIGTERM');
      await kept;
    },
  };
}
