import { availableParallelism } from 'node:os';
import { configDefaults, defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

// biome-ignore lint/style/noProcessEnv: the launcher tells here that the long tests are wanted
const isLong = process.env.STORY_TREE_LONG === '1';

/** How the names of test files begin, in the order in which these run: those that take minutes, however short, then others. */
const LONGEST = ['reliability/torture', 'ui', 'supervisor', 'database', 'worker', 'pipeline', 'player', 'cli/sharing'];

/** Begins with what takes longest: begun last, it would go on alone when all else has ended. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const rank = ({ moduleId }: TestSpecification) => {
      const place = LONGEST.findIndex((beginning) => moduleId.includes(`/tests/${beginning}`));
      return place === -1 ? LONGEST.length : place;
    };
    return sorted.sort((one, other) => rank(one) - rank(other));
  }
}

/** Tests of whole programs: real processes, databases and browsers, hence patient and few at a time. */
const patient = {
  environment: './testkit/src/programs/testEnvironment.ts',
  testTimeout: 180_000,
  hookTimeout: 180_000,
  // Some wait, for leases and models that take their time, while others work: more at once than there are processors.
  maxWorkers: Math.min(8, 3 * availableParallelism()),
  expect: { poll: { timeout: 30_000 } },
};

const long = {
  test: {
    ...patient,
    name: 'long',
    include: ['tests/long/**/*.test.ts'],
    testTimeout: 1_800_000,
    maxWorkers: 1,
    sequence: { groupOrder: 2 },
  },
};

/** Loading everything again for each file would take longer than most of the tests do. */
const isolate = false;
const setupFiles = ['./testkit/src/clock/realTimers.ts'];

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: 'unit',
          setupFiles,
          isolate,
          include: ['{*,apps/*}/src/**/*.test.{ts,tsx}'],
          testTimeout: 20_000,
          hookTimeout: 60_000,
          maxWorkers: 2 * availableParallelism(),
        },
      },
      {
        test: {
          ...patient,
          name: 'system',
          setupFiles,
          isolate,
          include: ['tests/**/*.test.ts'],
          exclude: [...configDefaults.exclude, 'tests/long/**'],
          sequence: { groupOrder: 1 },
        },
      },
      ...(isLong ? [long] : []),
    ],
  },
});
