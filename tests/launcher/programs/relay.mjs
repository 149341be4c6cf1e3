// Runs another program in this folder the way the launcher runs commands, and exits with its code.
import { fileURLToPath } from 'node:url';
import { run } from '../../../launcher/run.mjs';

const [name = '', ...args] = process.argv.slice(2);
const script = fileURLToPath(new URL(name, import.meta.url));
// biome-ignore lint/style/noProcessEnv: this program stands in for the launcher's entry
process.exitCode = await run(process.execPath, [script, ...args], { cwd: '.', env: process.env });
