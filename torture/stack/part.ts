import { setTimeout as sleep } from 'node:timers/promises';
import { type RunningPart, startPart } from '@story-tree/testkit/programs/app.ts';
import type { Variables } from '@story-tree/testkit/programs/cli.ts';
import type { Random } from '@story-tree/testkit/seeded.ts';

/** A program of the product that is restarted whenever it ends. */
export interface KeptPart {
  name: string;
  /** Distinguishes its current process from earlier ones, as in `worker-1.3`. */
  life(): string;
  /** Null between an end and the next start. */
  pid(): number | null;
  signal(signal: NodeJS.Signals): void;
  /** Sets extra variables for its next starts, replacing any that were set before. */
  equip(variables: Variables): void;
  /** Its whole output, over all its lives. */
  said(): string;
  /** Each time that it ended although nobody had killed it. */
  collapses: string[];
  /** Tells it to end, and does not restart it. */
  stop(): Promise<void>;
}

export interface KeptPartOptions {
  name: string;
  program: string;
  /** Called before each start. */
  variables(life: string): Variables;
  /** Called with each new process. */
  onStart?(part: RunningPart): void;
  random: Random;
}

/** Keeps a part running, as a supervisor does. */
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
