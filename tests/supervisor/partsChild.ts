// Runs stand-in parts under a supervisor of their own:  partsChild.ts <ready|starting> <name of a program in parts/>…
import { runParts } from '../../supervisor/src/runParts.ts';
import { stopSignals } from '../../supervisor/src/stopSignals.ts';
import { createTerminal } from '../../supervisor/src/terminal.ts';

const [state, ...names] = process.argv.slice(2);
const terminal = createTerminal(process, (text) => text);
try {
  await runParts({
    parts: names.map((name) => ({
      name,
      title: `The part ${name}`,
      script: new URL(`parts/${name}Child.ts`, import.meta.url),
      // biome-ignore lint/style/noProcessEnv: as the supervisor's start does
      environment: () => ({ ...process.env, PART_NAME: name }),
    })),
    terminal,
    verbose: false,
    signal: stopSignals(() => terminal.line('Stopping.')),
    wasReady: () => state === 'ready',
    onListening: (url) => terminal.answer(`listens at ${url}`),
  });
  terminal.answer('All parts have ended.');
} catch (error) {
  terminal.line(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
