import { setTimeout as real } from 'node:timers';

// Test files share a process, where timers that one of them leaves faked would keep those of the next from ever firing.
if (globalThis.setTimeout !== real)
  throw new Error('A test file that ran before this one in its process has left fake timers behind.');
