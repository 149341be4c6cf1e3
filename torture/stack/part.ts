import { setTimeout as sleep } from 'node:timers/promises';
import { type RunningPart, startPart } from '@story-tree/testkit/programs/app.ts';
import type { Variables } from '@story-tree/testkit/programs/cli.ts';
import type { Random } from '@story-tree/testkit/seeded.ts';

/** A program of the product that is started again whenever it has ended. */
export interface KeptPart {
  name: string;
  /** Tells its present life from its earlier ones, as in `worker-1.3`. */
  life(): string;
  /** Null in the moments between an end and the next start. */
  pid(): number | null;
  signal(signal: NodeJS.Signals): void;
  /** From its next start on it has these variables on top of its own, instead of any that it was given before. */
  equip(variables: Variables): void;
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
  variables(life: string): Variables;
  /** Hears of each new process. */
  onStart?(part: RunningPart): void;
  random: Random;
}

/** Keeps a part running as a supervisor does. */
export function keepPart({ name, program, variables, onStart, random }: KeptPartOptions): KeptPart {
  const lives: RunningPart[] = [];
  const collapses: string[] = [];
  let extra: Variables = {};
  let isStopping = false;
  const life = () => `${name}.${lives.length}`;

  async function keep(): Promise<void> {
    while (!isStopping) {
      const part = startPart(program, { ...variables(`${name}.${lives.length + 1}`), ...extra });
      lives.push(part);
      onStart?.(part);
      await new Promise((resolve) => part.process.once('close', resolve));
      if (isStopping) return;
      if (part.process.signalCode !== 'SIGKILL') {
        collapses.push(`${life()} ended by itself: ${part.said().slice(-2_000)}`);
      }
      await sleep(200 + random.below(800));
    }
  }

  const current = () => lives.at(-1)?.process;
  const kept = keep();
  return {
    name,
    life,
    collapses,
    pid() {
      const child = current();
      return child?.exitCode === null && child.signalCode === null ? (child.pid ?? null) : null;
    },
    signal: (signal) => void current()?.kill(signal),
    equip(given) {
      extra = given;
    },
    said: () => lives.map((part) => part.said()).join(''),
    async stop() {
      isStopping = true;
      current()?.kill('SIGCONT');
      current()?.kill('SIGTERM');
      await kept;
    },
  };
}
