import type { Configuration } from '@story-tree/runtime/configuration';
import type { Invocation } from './invocation.ts';
import type { CommandOutcome, CommandResult } from './output.ts';
import type { Session } from './session.ts';

/** What the entry point lends the commands. */
export interface ProgramHost {
  invocation: Invocation;
  /** Aborts on Ctrl-C. */
  signal: AbortSignal;
  readConfiguration(): Promise<Configuration>;
  /** @param options `bars` for work whose progress is shown */
  withSession<T>(work: (session: Session) => Promise<T>, options?: { bars: boolean }): Promise<T>;
  /** Prints what a command did. The command fills `result` as it goes, so that a failure still shows how far it got. */
  report(run: (result: CommandResult) => Promise<CommandOutcome>): Promise<void>;
}
