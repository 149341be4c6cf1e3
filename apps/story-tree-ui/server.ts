import process from 'node:process';

/** Where the newest build is found. */
// biome-ignore lint/style/noProcessEnv: the edge of the process
const build = process.env.STORY_TREE_DIST ?? '.next';
const dev = process.argv.includes('--dev');
/** Given by `npm start`, which prints the address; elsewhere a taken port is an error. */
const orNextPort = process.argv.includes('--or-next-port');
// React and Next choose their builds by it, so it is set before they load.
// biome-ignore lint/style/noProcessEnv: the edge of the process
process.env.NODE_ENV = dev ? 'development' : 'production';

const { runApp } = await import('./src/server/runApp.ts');
// Nothing is waited for any more: what Next and others keep open would keep the process alive.
process.exit(await runApp({ dev, orNextPort, build, dir: import.meta.dirname }));
