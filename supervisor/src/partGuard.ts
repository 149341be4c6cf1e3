import process from 'node:process';

/**
 * Loaded into every part before its own program. A part lives no longer than its supervisor: when the channel between
 * them breaks, it stops as if it had been told to, and is ended if it cannot.
 */
const GRACE_MS = 4_000;

const ignore = () => undefined;

// A terminal tells the whole group; the supervisor alone decides, and says SIGTERM when it is time.
process.on('SIGINT', ignore);
process.on('SIGHUP', ignore);
// Without a supervisor nobody reads along any more; that must not disturb the stopping.
for (const stream of [process.stdout, process.stderr]) stream.on('error', ignore);

process.once('disconnect', () => {
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), GRACE_MS).unref();
  process.kill(process.pid, 'SIGTERM');
});
// Listening must not keep a part running that has nothing else to do.
process.channel?.unref();
