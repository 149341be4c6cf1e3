import { it } from 'vitest';
import { useApi } from '../api/support/api.ts';
import { sendHostile } from '../api/support/hostility.ts';

const api = useApi();

it('refuses 10,000 requests of every bad kind, gives nothing away and changes nothing', async () => {
  await sendHostile(api(), 50_000, 10_000);
});
