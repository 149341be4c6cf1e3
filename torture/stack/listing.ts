import { execFile, execFileSync } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import { type CliRun, jsonOf, type Variables } from '@story-tree/testkit/programs/cli.ts';
import { bareEnvironment } from '@story-tree/testkit/programs/processEnvironment.ts';

const CLI = path.resolve(import.meta.dirname, '../../cli/src/agentWorkflowCli.ts');
/** A process started this way sees neither the processes nor the shared memory of others. */
const ELSEWHERE = ['unshare', '--pid', '--ipc', '--fork', '--mount-proc'] as const;

/** The command line's answer to somebody who asks for all stories. */
export type Listing = { stories: readonly string[] } | { refusal: string };

/**
 * @param from where the process runs: with all others, or in its own namespaces
 * @throws Error with its whole output if that is neither stories nor one sentence about the database
 */
export async function listStories(variables: Variables, from: 'here' | 'namespace'): Promise<Listing> {
  const line = [...(from === 'namespace' ? ELSEWHERE : []), process.execPath, CLI, 'stories', 'list', '--json'];
  const [program = '', ...args] = line;
  return new Promise((resolve, reject) => {
    execFile(program, args, { env: { ...bareEnvironment(), ...variables } }, (_error, stdout, stderr) => {
      const listing = readListing({ code: null, stdout, stderr });
      if (listing === null) reject(new Error(`The command line answered ${stdout}${stderr}`));
      else resolve(listing);
    });
  });
}

export function readListing(run: CliRun): Listing | null {
  const { stories, error } = jsonOf(run) as { stories?: { id: string }[]; error?: { code: string; message: string } };
  if (stories !== undefined) return { stories: stories.map(({ id }) => id) };
  if (error?.code !== 'database_unavailable' || /\n\s+at /.test(run.stderr)) return null;
  return { refusal: error.message };
}

/** Whether this user may start a process in its own namespaces. */
export function mayLeaveNamespace(): boolean {
  const [program, ...args] = ELSEWHERE;
  try {
    execFileSync(program, [...args, 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
