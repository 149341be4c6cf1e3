// Behind the entry point of all npm scripts. It must run before anything is installed, so it and `launcher/` use nothing
// but Node itself, in plain JavaScript that Node 20 understands.
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launch } from './launcher/launch.mjs';

const root = dirname(fileURLToPath(import.meta.url));
// biome-ignore lint/style/noProcessEnv: this is where the environment enters the launcher
process.exitCode = await launch(process.argv.slice(2), { root, env: process.env });
