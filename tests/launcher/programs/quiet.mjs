// Runs another program in this folder the way the launcher runs npm, with little patience, and exits as the launcher would.
import { fileURLToPath } from 'node:url';
import { asFailure } from '../../../launcher/failure.mjs';
import { runQuietly } from '../../../launcher/run.mjs';
import { createSay } from '../../../launcher/say.mjs';

const [name = '', ...args] = process.argv.slice(2);
const script = fileURLToPath(new URL(name, import.meta.url));
const say = createSay(process.stderr);
try {
  // biome-ignore lint/style/noProcessEnv: this program stands in for the launcher's entry
  const options = { cwd: '.', env: process.env, say, graceMs: 200 };
  process.exitCode = (await runQuietly(process.execPath, [script, ...args], options)).code;
} catch (error) {
  const { message, exitCode } = asFailure(error);
  say.line(message);
  process.exitCode = exitCode;
}
