import { randomUUID } from 'node:crypto';

/** One write of a story's holder, as the database knows it again when it is sent a second time. */
export interface StoryWrite {
  place: string;
  /** Rises with the writes of a place. */
  number: number;
}

/** Numbers writes: each for as long as it lasts, whatever goes on beside it. */
export interface StoryWrites {
  /** @param work may send the write as often as it takes */
  number<T>(work: (write: StoryWrite) => Promise<T>): Promise<T>;
}

/** As many places as there are writes at the same time, so that few rows tell of however many writes. */
export function createStoryWrites(): StoryWrites {
  const free: StoryWrite[] = [];
  return {
    async number(work) {
      const { place, number } = free.pop() ?? { place: randomUUID(), number: 0 };
      const write = { place, number: number + 1 };
      try {
        return await work(write);
      } finally {
        free.push(write);
      }
    },
  };
}
