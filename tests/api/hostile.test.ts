import { expect, it } from 'vitest';
import { lotOf } from '../support/seeded.ts';
import { useApi } from './support/api.ts';
import { sendHostile } from './support/hostility.ts';
import { sendBytes } from './support/raw.ts';

const api = useApi();

it('refuses 300 requests of every bad kind, gives nothing away and changes nothing', async () => {
  await sendHostile(api(), 1_000, 300);
});

it('bears bytes that are no requests', async () => {
  const lot = lotOf(7);
  for (let round = 0; round < 20; round += 1) {
    const answer = await sendBytes(api().app.url, lot.text(200));
    expect(answer === '' || /^HTTP\/1\.1 4\d\d /.test(answer), answer.slice(0, 200)).toBe(true);
  }
  expect(await api().read('/api/health')).toMatchObject({ database: true });
});
