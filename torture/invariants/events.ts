import type { Aftermath, Invariant } from './invariant.ts';

export const followersAreToldAll: Invariant = {
  name: 'whoever follows the events is told each of them, once and in order',
  async findViolations({ stack: { database }, since, followers }) {
    const { rows } = await database.pool.query<{ id: string }>(
      'select id from story_task_events where id > $1 order by id',
      [since],
    );
    const ids = rows.map(({ id }) => id);
    const told = await Promise.all(followers.map((follower) => follow(follower, ids)));
    return told.flat();
  },
};

async function follow(follower: Aftermath['followers'][number], ids: readonly string[]): Promise<string[]> {
  await follower.reaches(ids.at(-1) ?? '0');
  return compareIds(
    follower.received.map(({ id }) => id),
    ids,
  );
}

export function compareIds(told: readonly string[], ids: readonly string[]): string[] {
  const place = ids.findIndex((id, index) => told[index] !== id);
  if (place === -1 && told.length === ids.length) return [];
  const at = place === -1 ? ids.length : place;
  return [`Event ${told[at]} was told in the place of ${ids[at]}, the ${at + 1}th of ${ids.length}.`];
}
