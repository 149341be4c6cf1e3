import { StoryTreeError } from '@story-tree/domain';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { isConnectionLost, mapDatabaseError } from './databaseErrors.ts';

function raised(code: string, message = 'secret detail'): pg.DatabaseError {
  return Object.assign(new pg.DatabaseError(message, message.length, 'error'), { code });
}

function network(code: string): Error {
  return Object.assign(new Error(`connect ${code} 127.0.0.1:5432`), { code });
}

describe('mapDatabaseError', () => {
  it.each([...['08006', '57P01', '57P02', '57P03', '28P01', '53300', '53100', '57014', '40001', '40P01', '25006']])(
    'calls SQLSTATE %s a database that is not available, without repeating what it said',
    (state) => {
      const cause = raised(state);
      const error = mapDatabaseError(cause);
      expect(error).toMatchObject({ code: 'database_unavailable', cause });
      expect(error.message).not.toContain('secret');
    },
  );

  it.each([
    network('ECONNREFUSED'),
    network('ECONNRESET'),
    network('ENOTFOUND'),
    new AggregateError([network('ECONNREFUSED'), network('ECONNREFUSED')]),
    new Error('Connection terminated unexpectedly'),
    new Error('timeout exceeded when trying to connect'),
  ])('calls a lost connection so: %s', (cause) => {
    expect(mapDatabaseError(cause)).toMatchObject({ code: 'database_unavailable', cause });
    expect(isConnectionLost(cause)).toBe(true);
  });

  it.each([
    [raised('28000', 'role "me" does not exist'), 'has no such user'],
    [raised('3D000', 'database "x" does not exist'), 'has no such database'],
    [Object.assign(new Error('expired'), { code: 'CERT_HAS_EXPIRED' }), 'has a certificate that has expired'],
    [new Error('The server does not support SSL connections'), 'offers no encryption'],
  ])('calls a connection that is refused while a program runs a database that is away: %s', (cause, reason) => {
    const error = mapDatabaseError(cause);
    expect(error).toMatchObject({ code: 'database_unavailable', cause });
    expect(error.message).toContain(`The database ${reason}`);
  });

  it('says which right is missing', () => {
    const cause = raised('42501', 'permission denied for table shots');
    expect(mapDatabaseError(cause)).toMatchObject({
      code: 'not_configured',
      message: expect.stringContaining('permission denied for table shots'),
    });
  });

  it.each([
    ['ST001', 'lease_lost'],
    ['ST003', 'task_ended'],
    ['ST007', 'not_found'],
    ['ST008', 'not_found'],
    ['ST009', 'story_busy'],
    ['ST010', 'idempotency_mismatch'],
  ])('translates what the migrations raise: %s is %s', (state, code) => {
    const error = mapDatabaseError(raised(state));
    expect(error).toMatchObject({ code });
    expect(error.message).not.toContain('secret');
  });

  it('names the task that has a story, and repeats no other detail', () => {
    const withDetail = (state: string) => Object.assign(raised(state), { detail: 'a-task-id' });
    expect(mapDatabaseError(withDetail('ST009')).details).toEqual({ taskId: 'a-task-id' });
    expect(mapDatabaseError(withDetail('ST003')).details).toEqual({});
  });

  it.each([
    raised('23505'),
    raised('42P01'),
    raised('ST002'),
    raised('ST004'),
    raised('ST005'),
    raised('ST006'),
    Object.assign(new Error("ENOENT: no such file or directory, open '/x'"), { code: 'ENOENT' }),
    new TypeError('a bug'),
    'a string',
  ])('keeps anything else for the log alone: %s', (cause) => {
    const error = mapDatabaseError(cause);
    expect(error).toMatchObject({ code: 'internal', cause });
    expect(error.message).not.toContain('secret');
    expect(isConnectionLost(cause)).toBe(false);
  });

  it('leaves our own errors alone', () => {
    const error = new StoryTreeError('not_found', 'There is no such story.');
    expect(mapDatabaseError(error)).toBe(error);
  });
});
