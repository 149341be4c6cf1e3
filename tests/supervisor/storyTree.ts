import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { until } from '@story-tree/testkit/database/clusters.ts';
import type { Variables } from '@story-tree/testkit/programs/cli.ts';
import { appBuildVariables } from '@story-tree/testkit/programs/processEnvironment.ts';
import { type RunningProgram, startProgram } from './support.ts';

const START = fileURLToPath(new URL('../../supervisor/src/start.ts', import.meta.url));
const SCRIPTS = { worker: 'task-worker/src/worker/main.ts', app: 'apps/story-tree-ui/server.ts' } as const;

/** What `npm start` runs, on a port of its own. */
export interface RunningStoryTree extends RunningProgram {
  /** Waits for the address at which everything is ready. */
  ready(): Promise<string>;
  /** Waits until the sample story can be played; answers with the address. */
  sample(): Promise<string>;
  /** The process that a part is now; 0 when there is none. */
  pidOf(part: keyof typeof SCRIPTS): number;
}

export function startStoryTree(variables: Variables): RunningStoryTree {
  const program = startProgram(START, [], { ...appBuildVariables(), PORT: '0', ...variables });
  const said = () => stripVTControlCharacters(program.said());

  const find = async (what: string, pattern: RegExp) => {
    let ended = false;
    void program.ended.then(() => {
      ended = true;
    });
    await until(what, () => {
      if (ended && !pattern.test(said())) throw new Error(`It ended before ${what}:\n${said()}`);
      return pattern.test(said());
    });
    return pattern.exec(said())?.[1] ?? '';
  };

  return {
    ...program,
    said,
    ready: () => find('it is ready', /^Story Tree is ready: (\S+)$/m),
    sample: () => find('the sample can be played', /^The sample story plays at (\S+)$/m),
    pidOf: (part) => childRunning(program.pid, SCRIPTS[part]),
  };
}

function childRunning(parent: number, script: string): number {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' });
  for (const line of stdout.split('\n')) {
    const [pid, ppid, ...args] = line.trim().split(/\s+/);
    if (Number(ppid) === parent && args.some((arg) => arg.endsWith(script))) return Number(pid);
  }
  return 0;
}
