import type { DotEnv } from './dotEnv.ts';
import { ENVIRONMENT_VARIABLES } from './environment.ts';
import { PROXY_VARIABLES } from './proxies.ts';

/** Names that begin so are ours, wherever they are set. */
const OURS = /^(STORY_TREE|STORY_TASK|TASK_WORKER|STUB|GEMINI)_/;
/** Others may use such names too: exported, only those that are very near to one of ours were meant for us. */
const COMMON = /^(SUPABASE|SCRIPT|DATABASE|REDIS|LOG)_/;
/** Read by the launcher, by builds and by tests, which read no `.env`. */
const ONLY_EXPORTED = ['STORY_TREE_NO_APT', 'STORY_TREE_DIST', 'STORY_TREE_LONG', 'STORY_TREE_SEED', 'CI'];
/** What Node and libraries read, and what another program sets for all that it runs. */
const OF_OTHERS = /^(NODE_|NEXT_|PG|SSL_CERT_|GEMINI_CLI|(NO_COLOR|FORCE_COLOR|TZ)$)/;
/** How many letters of a name may differ from the one that was meant; of short names, no more than half. */
const NEAR = 4;
/** The same for a name that may be meant for somebody else. */
const VERY_NEAR = 2;

/** A sentence for each variable that is set, but that nothing reads. */
export function ignoredNames(exported: Readonly<Record<string, unknown>>, { lines }: DotEnv): string[] {
  return [
    ...[...lines].flatMap(([name, line]) => ignored(name, `, in line ${line} of .env,`, isUnread(name))),
    ...Object.keys(exported).flatMap((name) => ignored(name, '', !lines.has(name) && isUnreadExport(name))),
  ];
}

function isUnread(name: string): boolean {
  const isProxy = PROXY_VARIABLES.some((proxy) => proxy === name.toUpperCase());
  return !ENVIRONMENT_VARIABLES.includes(name) && !isProxy && !OF_OTHERS.test(name);
}

function isUnreadExport(name: string): boolean {
  if (!isUnread(name) || ONLY_EXPORTED.includes(name)) return false;
  return OURS.test(name) || (COMMON.test(name) && nearest(name, VERY_NEAR) !== undefined);
}

function ignored(name: string, place: string, isIgnored: boolean): string[] {
  if (!isIgnored) return [];
  if (ONLY_EXPORTED.includes(name)) return [`${name}${place} has no effect there: export it.`];
  const meant = nearest(name, NEAR);
  const way = meant === undefined ? 'the README lists those that it has' : `did you mean ${meant}?`;
  return [`${name}${place} is no variable of Story Tree and has no effect: ${way}${meant === undefined ? '.' : ''}`];
}

/** The variable whose name differs in the fewest letters; undefined if all differ in more than `most`. */
function nearest(name: string, most: number): string | undefined {
  const upper = name.toUpperCase();
  const distances = ENVIRONMENT_VARIABLES.map((known) => ({ known, distance: editDistance(upper, known) }));
  const [best] = distances.sort((a, b) => a.distance - b.distance);
  return best !== undefined && best.distance <= Math.min(most, name.length / 2) ? best.known : undefined;
}

/** How many letters have to be added, removed or replaced to make one word of the other. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [index, letter] of [...from].entries()) {
    const next = [index + 1];
    for (const [place, other] of [...to].entries()) {
      const replaced = (row[place] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(replaced, (row[place + 1] ?? 0) + 1, (next[place] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
