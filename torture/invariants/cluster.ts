import process from 'node:process';
import { listStories } from '../stack/listing.ts';
import { postmastersOn } from '../stack/postmasters.ts';
import type { Invariant } from './invariant.ts';

export const homeHasOneCluster: Invariant = {
  name: 'a home has one database with one server, and everybody finds its stories there',
  async findViolations({ stack }) {
    if (stack.home === null) return [];
    const { rows } = await stack.database.pool.query<{ id: string }>('select id from stories where deleted_at is null');
    const listing = await listStories(stack.variables('visitor'), 'here');
    const found = 'stories' in listing ? listing.stories.toSorted().join(', ') : listing.refusal;
    const wanted = rows.map(({ id }) => id).sort();
    // Only Linux has namespaces in which a second server could hide.
    const servers = process.platform === 'linux' ? await postmastersOn(stack.dataDirectory) : [0];
    return [
      ...(found === wanted.join(', ') ? [] : [`Somebody finds ${found || 'nothing'} instead of ${wanted.join(', ')}.`]),
      ...(servers.length === 1 ? [] : [`There are ${servers.length} servers.`]),
    ];
  },
};
