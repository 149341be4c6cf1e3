import { StoryTreeError } from '@story-tree/domain';
import { describe, expect, it, vi } from 'vitest';
import { persistently } from './persistently.ts';

const AWAY = new StoryTreeError('database_unavailable', 'Away.');
const LOST = new StoryTreeError('lease_lost', 'Lost.');

describe('a write that must not be given up lightly', () => {
  it('gives up at once for any other reason', async () => {
    const write = vi.fn(() => Promise.reject(LOST));
    await expect(persistently(write, new AbortController().signal, 1)).rejects.toBe(LOST);
    expect(write).toHaveBeenCalledTimes(1);
  });

  it('gives up when it is too late', async () => {
    const controller = new AbortController();
    const write = vi.fn(() => {
      if (write.mock.calls.length === 3) controller.abort();
      return Promise.reject(AWAY);
    });
    await expect(persistently(write, controller.signal, 1)).rejects.toBe(AWAY);
    expect(write).toHaveBeenCalledTimes(3);
  });

  it('is tried until the database is back', async () => {
    const write = vi.fn(async () => {
      if (write.mock.calls.length < 3) throw AWAY;
      return 'stored';
    });
    expect(await persistently(write, new AbortController().signal, 1)).toBe('stored');
  });
});
