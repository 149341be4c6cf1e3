import { useApi } from '@story-tree/testkit/http/api.ts';
import { it } from 'vitest';
import { sendHostile } from '../api/support/hostility.ts';

const api = useApi();

it('refuses 10,000 requests of every bad kind, gives nothing away and changes nothing', async () => {
  await sendHostile(api(), 50_000, 10_000);
});
