import process from 'node:process';

const dev = process.argv.includes('--dev');
// React and Next choose their builds by it, so it is set before they load.
// biome-ignore lint/style/noProcessEnv: the edge of the process
process.env.NODE_ENV = dev ? 'development' : 'production';

const { runApp } = await import('./src/server/runApp.ts');
// Nothing is waited for any more: what Next and others keep open would keep the process alive.
process.exit(await runApp({ dev, dir: import.meta.dirname }));
