// A part that runs on however often it is told to stop.
process.on('SIGTERM', () => console.error('hears nothing'));
console.error(`runs as ${process.pid}`);
setInterval(() => undefined, 60_000);
