#!/usr/bin/env node
// The entry point of all npm scripts. It is CommonJS so that it can still say why the rest cannot be loaded.
const { refusalOf } = require('./launcher/place.cjs');

const refusal = refusalOf(__dirname);
if (refusal === undefined) {
  void import('./launcher.mjs');
} else {
  process.stderr.write(`story-tree: ${refusal}\n`);
  process.exitCode = 1;
}
