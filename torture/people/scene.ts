import type { Stack } from '../stack/stack.ts';
import { type Disturbances, noteDisturbances } from '../trouble/disturbances.ts';
import { type Client, createClient } from './client.ts';
import { type CommandLine, openCommandLine } from './commandLine.ts';

/** What people have to work with. */
export interface Scene {
  stack: Stack;
  client: Client;
  commandLine: CommandLine;
  disturbances: Disturbances;
  /** Whether all trouble is over. */
  isCalm(): boolean;
}

/** @param over ends the patience of everybody */
export function openScene(stack: Stack, over: AbortSignal, isCalm: () => boolean): Scene {
  const disturbances = noteDisturbances();
  return {
    ...{ stack, disturbances, isCalm },
    client: createClient({ url: stack.url, isCalm, over }),
    commandLine: openCommandLine(stack, disturbances, isCalm),
  };
}
