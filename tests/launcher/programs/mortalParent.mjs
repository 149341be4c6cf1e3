// Stands in for npm: starts a program in this folder and, when killed, leaves it running.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const [name = '', ...args] = process.argv.slice(2);
const script = fileURLToPath(new URL(name, import.meta.url));
// biome-ignore lint/style/noProcessEnv: the program is meant to see what npm adds to it
const env = { ...process.env, npm_lifecycle_event: 'story-tree' };
spawn(process.execPath, [script, ...args], { stdio: 'inherit', env });
