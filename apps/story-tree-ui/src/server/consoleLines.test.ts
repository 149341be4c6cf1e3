import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, it } from 'vitest';

/** In a process of its own: what is diverted stays so. */
function linesOf(program: string): object[] {
  const source = `
    import { createLog } from './log.ts';
    import { divertConsole } from './consoleLines.ts';
    import { StoryTreeError } from '@story-tree/domain';
    divertConsole(createLog('debug', { redactJson: (json) => json }));
    ${program}`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module-typescript', '-e', source], {
    cwd: path.resolve(import.meta.dirname),
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

it('everything that libraries say is a line of JSON, at the level at which it matters', () => {
  const lines = linesOf(`
    console.log(' ✓ Ready in %dms', 7);
    console.warn('\\u001b[33m⚠\\u001b[39m Two\\nlines');
    console.error('⨯', new TypeError('x is undefined'));
    console.error(new StoryTreeError('not_found', 'There is none.'));
    console.error('⨯', Object.assign(new Error('aborted'), { code: 'ECONNRESET' }));
    process.stdout.write('past the console\\nand more\\n');
    process.stderr.write(Buffer.from('trouble'));
    process.emitWarning('Do not do that.');
    await new Promise((resolve) => process.stdout.write('', resolve));`);
  expect(lines).toMatchObject([
    { level: 20, msg: 'Ready in 7ms' },
    { level: 40, msg: 'Two\nlines' },
    { level: 50, msg: 'x is undefined', err: { type: 'TypeError', stack: expect.any(String) } },
    { level: 20, msg: 'There is none.', code: 'not_found' },
    { level: 20, msg: 'aborted' },
    { level: 20, msg: 'past the console' },
    { level: 20, msg: 'and more' },
    { level: 40, msg: 'trouble' },
    { level: 40, msg: 'Do not do that.' },
  ]);
});
