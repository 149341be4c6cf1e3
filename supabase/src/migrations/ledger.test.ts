import { describe, expect, it } from 'vitest';
import { type LedgerEntry, pendingMigrations } from './ledger.ts';
import type { MigrationFile } from './migrationFiles.ts';

const FIRST = '20260101000000';
const SECOND = '20260102000000';
const THIRD = '20260103000000';

function file(version: string, sql = 'select 1;'): MigrationFile {
  return { version, name: 'step', fileName: `${version}_step.sql`, sql };
}

function entry(version: string, statements: string[] | null = ['select 1']): LedgerEntry {
  return { version, name: 'step', statements };
}

describe('pendingMigrations', () => {
  it('refuses a database that is newer than the files', () => {
    expect(() => pendingMigrations([file(FIRST)], [entry(FIRST), entry(SECOND)])).toThrow(
      `newer than this version of Story Tree (it has migration ${SECOND}_step): update`,
    );
  });

  it('names an applied migration whose file is missing', () => {
    expect(() => pendingMigrations([file(SECOND)], [entry(FIRST), entry(SECOND)])).toThrow(
      `${FIRST}_step, but its file`,
    );
  });

  it('names a file that was changed after it had been applied', () => {
    const changed = file(FIRST, `select ';  ' as a; select 2;`);
    expect(() => pendingMigrations([changed], [entry(FIRST, [`select '; ' as a`, 'select 2'])])).toThrow(
      `${FIRST}_step.sql was changed`,
    );
  });

  it('names a file that came too late', () => {
    expect(() => pendingMigrations([file(FIRST), file(SECOND)], [entry(SECOND)])).toThrow(`${FIRST}_step.sql is older`);
  });

  it('gives what is not applied yet, in order', () => {
    const files = [file(FIRST), file(SECOND), file(THIRD)];
    expect(pendingMigrations(files, [entry(FIRST)])).toEqual(files.slice(1));
    expect(pendingMigrations(files, [])).toEqual(files);
  });

  it('does not mind comments, spacing, another split, or an entry without statements', () => {
    const sql = '-- new words\nselect 1;\n\nselect  2; -- the end';
    const applied = ['-- old words\nselect 1', 'select 2 -- x'];
    expect(pendingMigrations([file(FIRST, sql), file(SECOND)], [entry(FIRST, applied), entry(SECOND, null)])).toEqual(
      [],
    );
  });
});
