import { StoryTreeError } from '@story-tree/domain';
import { readableLine } from './logLines.ts';
import { keepRunning, type Part, type PartExit } from './part.ts';
import type { Terminal } from './terminal.ts';

export interface PartsOptions {
  parts: readonly Part[];
  terminal: Terminal;
  /** Shows the stacks of errors. */
  verbose: boolean;
  /** Stops all parts. */
  signal: AbortSignal;
  /** Whether everything has worked before: only then is a part that gives up started again. */
  wasReady(): boolean;
  /** Called each time that a part says where it listens. */
  onListening(url: string): void;
}

/**
 * Runs all parts until the signal aborts, telling what they say; resolves when the last has ended.
 * @throws StoryTreeError `not_configured` when a part ends by itself before everything has worked once
 */
export async function runParts(options: PartsOptions): Promise<void> {
  const { parts, terminal, verbose, wasReady, onListening } = options;
  const failure = new AbortController();
  const signal = AbortSignal.any([options.signal, failure.signal]);
  const listener = {
    line({ name }: Part, line: string, stream: 'stdout' | 'stderr') {
      const text = readableLine({ part: name, line, stream, verbose });
      if (text !== null) terminal.line(text);
    },
    message(_part: Part, message: unknown) {
      const url = listeningUrl(message);
      if (url !== null) onListening(url);
    },
    ended(part: Part, exit: PartExit) {
      if (exit.code === null || wasReady()) return;
      failure.abort();
      throw new StoryTreeError('not_configured', `${part.title} could not start. Its output above says why.`);
    },
    restarting(part: Part, exit: PartExit, delayMs: number) {
      terminal.line(`${part.title} ended unexpectedly (${describe(exit)}); starting it again in ${delayMs / 1000} s.`);
    },
  };
  const runs = await Promise.allSettled(parts.map((part) => keepRunning(part, listener, signal)));
  for (const run of runs) if (run.status === 'rejected') throw run.reason;
}

/** The app's word that it listens, as in `{ type: 'listening', url: 'http://127.0.0.1:3000' }`. */
function listeningUrl(message: unknown): string | null {
  if (typeof message !== 'object' || message === null || !('type' in message) || !('url' in message)) return null;
  return message.type === 'listening' && typeof message.url === 'string' ? message.url : null;
}

function describe({ code, signal }: PartExit): string {
  if (signal !== null) return signal;
  return code === null ? 'it could not be started' : `exit code ${code}`;
}
