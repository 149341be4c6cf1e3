import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import process from 'node:process';
import { text } from 'node:stream/consumers';
import type { BenchRow } from './measure.ts';

const PROGRAM = path.join(import.meta.dirname, 'makeImages.ts');
const IMAGES = 1_000;
const WARM_UP = 200;

/** The memory of a process that makes pictures: the second half compared with the first, both after a warm-up. */
export function memoryRow(): BenchRow {
  return {
    name: `memory while making ${IMAGES.toLocaleString('en')} images, second half`,
    baseline: `first half, without the first ${WARM_UP}`,
    bar: 1.1,
    rounds: 1,
    async round() {
      const bytes = (await bytesAfterEach()).slice(WARM_UP);
      const half = Math.floor(bytes.length / 2);
      return median(bytes.slice(half)) / median(bytes.slice(0, half));
    },
  };
}

/** The resident bytes after each image, in a process that does nothing else. */
async function bytesAfterEach(): Promise<number[]> {
  const child = spawn(process.execPath, [PROGRAM, String(IMAGES)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [said, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  if (code !== 0) throw new Error(`The images were not made: the process exited with ${code}.`);
  return JSON.parse(said) as number[];
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}
