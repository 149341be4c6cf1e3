import { type Disturbances, noteDisturbances } from '../stack/disturbances.ts';
import type { Stack } from '../stack/stack.ts';
import type { Asker } from './asker.ts';
import { type Client, createClient } from './client.ts';
import { type CommandLine, openCommandLine } from './commandLine.ts';

/** What people work with. */
export interface Scene {
  stack: Stack;
  client: Client;
  commandLine: CommandLine;
  disturbances: Disturbances;
  /** Makes requests all the time and is left alone, to show whether others make progress. Null if nobody needs to know. */
  bystander: Asker | null;
  /** Stories that somebody made on the side, to be removed at the end. */
  leftovers: string[];
  /** Whether all trouble is over. */
  isCalm(): boolean;
}

/** @param over makes everybody stop waiting */
export function openScene(
  stack: Stack,
  over: AbortSignal,
  isCalm: () => boolean,
  bystander: Asker | null = null,
): Scene {
  const disturbances = noteDisturbances();
  return {
    ...{ stack, disturbances, bystander, isCalm, leftovers: [] },
    client: createClient({ url: stack.url, isCalm, over }),
    commandLine: openCommandLine(stack, disturbances, isCalm),
  };
}

/** Stops an asker that has done its part, and makes what it asked for known. @throws Error when it has ended by itself */
export async function retire(asker: Asker, { client, leftovers }: Scene): Promise<void> {
  try {
    await asker.stop();
  } finally {
    for (const taskId of asker.tasks()) client.note(taskId);
    const storyId = asker.storyId();
    if (storyId !== null) leftovers.push(storyId);
  }
}
