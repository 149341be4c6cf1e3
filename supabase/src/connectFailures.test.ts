import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { describeConnectFailure } from './databaseUrl.ts';

const ADDRESS = 'postgresql://me:s3cret@db.example.org/stories';

function raised(code: string, message: string): pg.DatabaseError {
  return Object.assign(new pg.DatabaseError(message, message.length, 'error'), { code });
}

function failed(code: string, message: string): Error {
  return Object.assign(new Error(message), code === '' ? {} : { code });
}

describe('a connection that waiting does not bring about', () => {
  it.each([
    [
      raised('28P01', 'password authentication failed for user "me"'),
      /refuses the user or the password in DATABASE_URL/,
    ],
    [
      raised('28000', 'no pg_hba.conf entry for host "10.0.0.7", user "me", database "x", no encryption'),
      /sslmode=verify-full/,
    ],
    [
      raised('28000', 'no pg_hba.conf entry for host "10.0.0.7", user "me", database "x", SSL encryption'),
      /10\.0\.0\.7.*pg_hba/,
    ],
    [raised('28000', 'connection requires a valid client certificate'), /sslcert=<file>/],
    [raised('28000', 'role "me" does not exist'), /has no such user/],
    [raised('28000', 'role "me" is not permitted to log in'), /"alter role "me" login"/],
    [raised('3D000', 'database "stories" does not exist'), /no such database.*"create database "stories""/],
    [raised('42501', 'permission denied for database "stories"'), /"grant connect on database "stories" to <user>"/],
    [raised('55000', 'database "stories" is not currently accepting connections'), /allow_connections true/],
    [raised('22023', 'invalid value for parameter "TimeZone": "Mars"'), /refuses what DATABASE_URL asks for/],
    [raised('08P01', 'no such user: me'), /the name of the database too/],
    [raised('XX000', 'Tenant or user not found'), /refuses the user or the password/],
    [raised('08P01', 'SSL required'), /encrypted connections only/],
    [raised('08P01', 'unsupported startup parameter: options'), /take that out of the address/],
    [failed('SELF_SIGNED_CERT_IN_CHAIN', 'self-signed certificate in certificate chain'), /sslrootcert=<file/],
    [failed('CERT_NOT_YET_VALID', 'certificate is not yet valid'), /check the clocks/],
    [failed('CERT_REVOKED', 'certificate revoked'), /cannot be trusted \(certificate revoked\)/],
    [failed('EPROTO', 'write EPROTO: wrong version number'), /agree on no encryption/],
    [failed('ERR_OSSL_PEM_NO_START_LINE', 'no start line'), /agree on no encryption/],
    [failed('', 'SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a string'), /add it to DATABASE_URL/],
    [failed('EACCES', 'connect EACCES /var/run/postgresql/.s.PGSQL.5432'), /may not be reached by this program/],
  ])('%s', (thrown, sentence) => {
    const error = describeConnectFailure(ADDRESS, thrown);
    expect(error).toMatchObject({ code: 'not_configured', message: expect.stringMatching(sentence), cause: thrown });
    expect(error.message).toMatch(/^The database at db\.example\.org [^.].*\.$/);
    expect(error.message).not.toContain('s3cret');
  });
});

describe('a connection that may come about later', () => {
  it.each([
    [raised('57P03', 'the database system is starting up'), /is not ready \(the database system is starting up\)/],
    [raised('53300', 'sorry, too many clients already'), /is full \(sorry, too many clients already\)/],
    [raised('53300', 'too many connections for role "me"'), /is full/],
    [raised('08P01', 'no more connections allowed (max_client_conn)'), /no more connections allowed/],
    [raised('08P01', 'server login has been failing, try again later (server_login_retry)'), /refuses/],
    [failed('ECONNREFUSED', 'connect ECONNREFUSED 10.0.0.7:5432'), /No database answers.*ECONNREFUSED/],
    [failed('EAI_AGAIN', 'getaddrinfo EAI_AGAIN db.example.org'), /No database answers.*EAI_AGAIN/],
    [failed('ENOTFOUND', 'getaddrinfo ENOTFOUND db.example.org'), /ENOTFOUND/],
    [failed('ENOENT', 'connect ENOENT /var/run/postgresql/.s.PGSQL.5432'), /No database answers/],
    [failed('', 'Connection terminated due to connection timeout'), /connection timeout/],
    [new AggregateError([failed('ECONNREFUSED', 'connect ECONNREFUSED ::1:5432')]), /ECONNREFUSED ::1/],
  ])('%s', (thrown, sentence) => {
    expect(describeConnectFailure(ADDRESS, thrown)).toMatchObject({
      code: 'database_unavailable',
      message: expect.stringMatching(sentence),
    });
  });
});
