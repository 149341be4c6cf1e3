import { builtinEnvironments, type Environment } from 'vitest/runtime';
import { closeShared } from '../shared.ts';

const { node } = builtinEnvironments;

/** Node as it is, for a process that runs one test file after the other and in the end closes what they shared. */
const environment: Environment = {
  ...node,
  name: 'shared',
  viteEnvironment: 'ssr',
  async setup(global, options) {
    const { teardown } = await node.setup(global, options);
    return {
      async teardown(ended) {
        await closeShared();
        await teardown(ended);
      },
    };
  },
};

export default environment;
