// Ignores all signals, as does a child of it; writes both pids to a file.
import { spawn } from 'node:child_process';
import { renameSync, writeFileSync } from 'node:fs';

const [file = '', role] = process.argv.slice(2);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});
if (role === undefined) spawn(process.execPath, [process.argv[1] ?? '', file, 'child'], { stdio: 'inherit' });
else {
  writeFileSync(`${file}.draft`, `${process.ppid} ${process.pid}`);
  renameSync(`${file}.draft`, file);
}
// Longer than the test that would wait for it in vain.
setTimeout(() => process.exit(99), 600_000);
