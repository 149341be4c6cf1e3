import { describe, expect, it } from 'vitest';
import { createThumbnails, type Shrink } from './thumbnails.ts';

const PICTURE = new Uint8Array(1_000);
const read = async () => PICTURE;

/** Makes thumbnails of as many bytes as they are wide, and tells of which it made any. */
function counting() {
  const made: number[] = [];
  const shrink: Shrink = async (_picture, width) => {
    made.push(width);
    return new Uint8Array(width);
  };
  return { made, shrink };
}

describe('thumbnails', () => {
  it('are made once for each version and width', async () => {
    const { made, shrink } = counting();
    const thumbnails = createThumbnails(shrink);
    await thumbnails.of('one', 320, read);
    expect(await thumbnails.of('one', 320, read)).toHaveLength(320);
    await thumbnails.of('one', 640, read);
    await thumbnails.of('two', 320, read);
    expect(made).toEqual([320, 640, 320]);
  });

  it('are made once for all who ask at the same time', async () => {
    const { made, shrink } = counting();
    const thumbnails = createThumbnails(shrink);
    await Promise.all(Array.from({ length: 5 }, () => thumbnails.of('one', 320, read)));
    expect(made).toHaveLength(1);
  });

  it('go when others need the room, those asked for longest ago first', async () => {
    const { made, shrink } = counting();
    const thumbnails = createThumbnails(shrink, 1_000);
    for (const version of ['one', 'two', 'three', 'one', 'four', 'one', 'two']) {
      await thumbnails.of(version, 320, read);
    }
    // "one" was asked for again and again; "two" had to go for "four".
    expect(made).toHaveLength(5);
  });

  it('are tried again when they could not be made, and delay nobody', async () => {
    let isBroken = true;
    const thumbnails = createThumbnails(async () => {
      if (isBroken) throw new Error('no picture');
      return new Uint8Array(1);
    });
    const failing = Array.from({ length: 5 }, (_, at) => thumbnails.of(`${at}`, 320, read));
    expect((await Promise.allSettled(failing)).map(({ status }) => status)).toEqual(Array(5).fill('rejected'));
    isBroken = false;
    expect(await thumbnails.of('0', 320, read)).toHaveLength(1);
  });

  it('are made two at a time', async () => {
    const gate = Promise.withResolvers<void>();
    let going = 0;
    let most = 0;
    const thumbnails = createThumbnails(async () => {
      going += 1;
      most = Math.max(most, going);
      await gate.promise;
      going -= 1;
      return new Uint8Array(1);
    });
    const all = Array.from({ length: 6 }, (_, at) => thumbnails.of(`${at}`, 320, read));
    await Promise.resolve();
    gate.resolve();
    await Promise.all(all);
    expect(most).toBe(2);
  });
});
