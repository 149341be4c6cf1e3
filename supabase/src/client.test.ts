import { expect, onTestFinished, test, vi } from 'vitest';
import { Client, SCRAM_ONLY } from './client.ts';

/** What the client says as a connection begins. */
function startOf(address: string, variables: Record<string, string>): Record<string, unknown> {
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  onTestFinished(() => void vi.unstubAllEnvs());
  const client = new Client({ connectionString: address });
  return (client as unknown as { getStartupConf(): Record<string, unknown> }).getStartupConf();
}

const SESSION = { PGOPTIONS: '-c search_path=x', PGREPLICATION: 'database', PGAPPNAME: 'psql' };

test('no variable changes what a session does', () => {
  const plain = { user: 'me', database: 'stories', application_name: 'story-tree' };
  expect(startOf('postgresql://me:secret@127.0.0.1/stories', SESSION)).toEqual(plain);
  const embedded = `postgresql://me:secret@127.0.0.1/stories?sslmode=disable&${SCRAM_ONLY}`;
  expect(startOf(embedded, { ...SESSION, PGSSLNEGOTIATION: 'direct', PGSSLMODE: 'require' })).toEqual(plain);
});

test('what an address says counts, and variables fill in where to connect and as whom', () => {
  const address = 'postgresql://127.0.0.1/stories?options=-c%20geqo%3Doff';
  expect(startOf(address, { ...SESSION, PGUSER: 'someone' })).toMatchObject({
    user: 'someone',
    options: '-c geqo=off',
  });
});
