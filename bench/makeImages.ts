import { randomBytes } from 'node:crypto';
import process from 'node:process';
import { type Models, slotCounts } from '@story-tree/agent-backend';
import { createStubModels } from '@story-tree/stub-models';
import sharp from 'sharp';
import { withBenchStory } from './pipeline/benchStory.ts';

const SHOTS = 2;
const CONCURRENCY = 8;
const SIZE = { width: 768, height: 432, channels: 3 } as const;

/** Pictures as services send them: about a megabyte each, every fourth in a format that has to be converted. */
async function imageModels(sceneletCount: number): Promise<Models> {
  const noise = sharp(randomBytes(SIZE.width * SIZE.height * SIZE.channels), { raw: SIZE });
  const png = await noise.clone().png().toBuffer();
  const jpeg = await noise.clone().jpeg({ quality: 95 }).toBuffer();
  const stub = createStubModels({ sceneletCount, shotsPerScenelet: SHOTS, branching: 2 });
  const usage = { input: {}, cachedInput: 0, output: {}, thoughts: 0 };
  const facts = { modelVersion: stub.modelId('image'), usage, attempts: 1, latencyMs: 0 };
  let made = 0;
  return {
    ...stub,
    async image() {
      made += 1;
      // Real replies come off the wire, so no two of them share their bytes.
      return made % 4 === 0
        ? { bytes: Uint8Array.from(jpeg), mimeType: 'image/jpeg', facts }
        : { bytes: Uint8Array.from(png), mimeType: 'image/png', facts };
    },
  };
}

/** Makes a number of key frames, and prints the process's memory after each. */
async function main(images: number): Promise<void> {
  const bytes: number[] = [];
  const options = {
    models: await imageModels(images / SHOTS),
    slots: slotCounts(CONCURRENCY),
    onProgress({ kind, task }: { kind: string; task: string }) {
      if (kind === 'unit-done' && task === 'CREATE_SHOT_IMAGES') bytes.push(process.memoryUsage.rss());
    },
  };
  await withBenchStory(options, async ({ workflow }) => {
    await workflow.runAllTasks({ until: 'CREATE_ENVIRONMENT_REFERENCE_IMAGE', overlap: true });
    await workflow.runTask('CREATE_SHOT_IMAGES');
  });
  process.stdout.write(JSON.stringify(bytes));
}

await main(Number(process.argv[2]));
// The connection that keeps the test cluster alive is never closed, so the process has to exit explicitly.
process.exit(0);
