/**
 * What every part of the launcher works with.
 * @typedef {object} Context
 * @property {string} root The checkout
 * @property {NodeJS.ProcessEnv} env
 * @property {import('./say.mjs').Say} say
 * @property {Pick<NodeJS.WriteStream, 'write'>} stdout For what the launcher itself has to answer
 */

/** @typedef {Context & { node: string }} Project A checkout that is set up, and the Node that it runs on */

export {};
