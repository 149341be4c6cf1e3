import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '@story-tree/supabase';
import { startPart } from '@story-tree/testkit/programs/app.ts';
import type { Variables } from '@story-tree/testkit/programs/cli.ts';

const PROGRAM = path.join(import.meta.dirname, 'askerProcess.ts');
/** Much longer than an answer takes on a busy machine, and much shorter than any timeout in the product. */
const PATIENCE_MS = 30_000;
const LOOK_AGAIN_MS = 5;
const ANSWER = /^(\S+) (\S+)$/gm;

/** A process that makes one small request after the other. */
export interface Asker {
  signal(signal: NodeJS.Signals): void;
  /** The tasks of all its answered requests, oldest first. */
  tasks(): readonly string[];
  /** Null before its first answer. */
  storyId(): string | null;
  /**
   * Whether two more of its requests, one of them made after this call, are answered and logged.
   * @throws Error when the process has ended
   */
  getsOn(database: Database): Promise<boolean>;
  /** @throws Error when it had already ended by itself */
  stop(): Promise<void>;
}

/** @param pauseMs before each request */
export function startAsker(variables: Variables, pauseMs: number): Asker {
  const part = startPart(PROGRAM, variables, [String(pauseMs)]);
  const answers = () => [...part.said().matchAll(ANSWER)];
  const tasks = () => answers().map(([, , taskId = '']) => taskId);

  function assertRuns({ process: { exitCode, signalCode } } = part): void {
    if (exitCode !== null || signalCode !== null) throw new Error(`The asker ended by itself: ${part.said()}`);
  }

  async function eventually(isSo: () => boolean | Promise<boolean>): Promise<boolean> {
    for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline; await sleep(LOOK_AGAIN_MS)) {
      assertRuns();
      if (await isSo()) return true;
    }
    return false;
  }

  return {
    tasks,
    signal: (signal) => void part.process.kill(signal),
    storyId: () => answers()[0]?.[1] ?? null,
    async getsOn({ pool }) {
      const before = tasks().length;
      if (!(await eventually(() => tasks().length >= before + 2))) return false;
      return eventually(async () => {
        const { rows } = await pool.query('select from story_task_events where task_id = $1', [tasks()[before + 1]]);
        return rows.length > 0;
      });
    },
    async stop() {
      const { process: child } = part;
      assertRuns();
      const ended = once(child, 'close');
      child.kill('SIGCONT');
      child.kill('SIGTERM');
      await ended;
      if (child.exitCode !== 0) throw new Error(`The asker failed: ${part.said()}`);
    },
  };
}
