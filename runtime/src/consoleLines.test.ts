import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, it } from 'vitest';

/** In a process of its own: what is diverted stays so. */
function linesOf(program: string): object[] {
  const source = `
    import { divertConsole } from './consoleLines.ts';
    const write = process.stdout.write.bind(process.stdout);
    const log = (level, msg, fields = {}) => write(JSON.stringify({ level, msg, ...fields }) + '\\n');
    divertConsole(log, ({ name }) => ({ level: name === 'TypeError' ? 'error' : 'debug', fields: { name } }));
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
    console.error('It says', new Error('aborted'));
    process.stdout.write('past the console\\nand more\\n');
    process.stderr.write(Buffer.from('trouble'));
    process.emitWarning('Do not do that.');
    await new Promise((resolve) => process.stdout.write('', resolve));`);
  expect(lines).toEqual([
    { level: 'debug', msg: 'Ready in 7ms' },
    { level: 'warn', msg: 'Two\nlines' },
    { level: 'error', msg: 'x is undefined', name: 'TypeError' },
    { level: 'debug', msg: 'It says aborted', name: 'Error' },
    { level: 'debug', msg: 'past the console' },
    { level: 'debug', msg: 'and more' },
    { level: 'warn', msg: 'trouble' },
    { level: 'warn', msg: 'Warning: Do not do that.' },
  ]);
});
