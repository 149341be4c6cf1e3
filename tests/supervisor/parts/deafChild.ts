// A part that runs on however often it is told to stop.
process.on('SIGTERM', () => console.log('hears nothing'));
console.log(`runs as ${process.pid}`);
setInterval(() => undefined, 60_000);
