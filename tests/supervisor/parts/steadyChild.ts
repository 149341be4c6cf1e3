// A part as it should be: says that it listens, runs, and stops when it is told to.
console.error(`runs as ${process.pid}`);
process.send?.({ type: 'listening', url: 'http://steady' });
console.log(JSON.stringify({ level: 30, msg: 'All is well.', pid: process.pid }));
process.on('SIGTERM', () => {
  console.error('told to stop');
  process.exit(0);
});
setInterval(() => undefined, 60_000);
