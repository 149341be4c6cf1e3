/**
 * What all parts of the launcher are given.
 * @typedef {object} Context
 * @property {string} root The checkout
 * @property {NodeJS.ProcessEnv} env
 * @property {import('./say.mjs').Say} say
 * @property {Pick<NodeJS.WriteStream, 'write'>} stdout For the launcher's own results
 */

/** @typedef {Context & { node: string }} Project A checkout that is set up, and the Node that it runs on */

export {};
