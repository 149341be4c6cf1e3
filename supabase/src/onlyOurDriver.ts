import process from 'node:process';

// pg looks there as it loads, for another driver that need not be installed, and that our own client could not build on.
// biome-ignore lint/style/noProcessEnv: the one way to keep a library from reading it
delete process.env.NODE_PG_FORCE_NATIVE;
