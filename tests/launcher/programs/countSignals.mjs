// Collects signals; some time after the first one it prints those that arrived and exits with their number.
const SETTLE_MS = 1_500;

/** @type {string[]} */
const got = [];
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
  process.on(signal, () => {
    if (got.push(signal) > 1) return;
    setTimeout(() => {
      console.log(got.join(' '));
      process.exit(got.length);
    }, SETTLE_MS);
  });
}
console.log('ready');
setTimeout(() => process.exit(99), 60_000);
