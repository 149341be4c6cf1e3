import fs from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { vi } from 'vitest';

const CALLS = ['copyFile', 'lstat', 'mkdir', 'open', 'readdir', 'realpath', 'rename', 'rm'] as const;

/** From now on the file system answers these calls with nothing but that, whoever asks, until it is repaired. */
export function breakDisk(code: string, calls: readonly (typeof CALLS)[number][] = CALLS): void {
  for (const call of calls) {
    vi.spyOn(fs, call).mockImplementation(async () => {
      throw Object.assign(new Error(`${code}: ${call}`), { code, syscall: call });
    });
  }
  syncBuiltinESMExports();
}

export function repairDisk(): void {
  vi.restoreAllMocks();
  syncBuiltinESMExports();
}
