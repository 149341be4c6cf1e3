// A part that does not work.
console.error(`runs as ${process.pid}`);
throw new Error('out of order');
