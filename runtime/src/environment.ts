import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkAgainst, StoryTreeError } from '@story-tree/domain';
import { z } from 'zod';

/** The folder of the checkout. */
export const REPOSITORY_ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Typed or pasted along with a value, of whatever kind: no value of ours has one there. */
const QUOTED = /^["'`“”„‘’]|["'`“”„‘’]$/;
const SECRET_NAME = /KEY|SECRET|PASSWORD|TOKEN/;
const SCHEME = /^[a-z][\w+.-]*:\/\//i;
const QUERY = /\?.+/;
const LONGEST_SHOWN = 200;
/** Timers of Node cannot wait longer, and would fire at once. */
const LONGEST_MS = 2_147_483_647;

const wholeNumber = (min: number, max?: number) => {
  const number = z.coerce.number().int().min(min);
  return (max === undefined ? number : number.max(max)).optional();
};
const milliseconds = (min: number) => wholeNumber(min, LONGEST_MS);
const text = z.string().optional();
const address = z.url({ protocol: /^https?$/ }).optional();
const folder = z
  .string()
  .refine((path) => !path.startsWith('~'), 'Write the whole path: only a shell knows what ~ stands for')
  .optional();

/** An address of the web without a path. */
function isOrigin(url: string): boolean {
  return (
    URL.canParse(url) && /^https?:$/.test(new URL(url).protocol) && new URL(url).href === `${new URL(url).origin}/`
  );
}

/** Every variable that any part of the product reads; `.env.example` explains each. */
const environmentSchema = z.object({
  DATABASE_URL: text,
  STORY_TREE_HOME: folder,
  STORY_TREE_ASSETS: folder,
  STORY_TREE_OUTPUT: folder,
  STORY_TREE_SAMPLE: z.enum(['on', 'off']).optional(),
  STORY_TREE_PUBLIC_URL: z
    .string()
    .refine(isOrigin, 'Give scheme and host alone, as in https://stories.example.org.')
    .optional(),
  STORY_TREE_LIMIT_STREAMS: wholeNumber(1),
  STORY_TREE_LIVE: z.enum(['stream', 'realtime']).optional(),
  REDIS_URL: text,
  TASK_WORKER_CONCURRENCY: wholeNumber(1),
  TASK_WORKER_LOCK_MS: milliseconds(500),
  STORY_TASK_RETENTION_DAYS: wholeNumber(1, 100_000),
  SUPABASE_URL: address,
  SUPABASE_PUBLISHABLE_KEY: text,
  SUPABASE_JWT_SECRET: text,
  SUPABASE_JWKS_URL: address,
  SUPABASE_JWT_AUDIENCE: text,
  SUPABASE_JWT_ISSUER: text,
  STORY_TREE_OPERATORS: text,
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).optional(),
  HOST: text,
  PORT: wholeNumber(0, 65_535),
  HTTPS_PROXY: text,
  HTTP_PROXY: text,
  NO_PROXY: text,
  GEMINI_API_KEY: text,
  GEMINI_BASE_URL: address,
  GEMINI_TEXT_MODEL: text,
  GEMINI_IMAGE_MODEL: text,
  GEMINI_TTS_MODEL: text,
  GEMINI_IMAGE_SIZE: text,
  GEMINI_TIMEOUT_MS: milliseconds(1),
  GEMINI_DEADLINE_MS: milliseconds(1),
  GEMINI_MAX_REFERENCE_IMAGES: wholeNumber(0),
  SCRIPT_MAX_DEPTH: wholeNumber(1),
  SCRIPT_MAX_CHOICES: wholeNumber(2),
  SCRIPT_MAX_SCENELETS: wholeNumber(1),
  STUB_SCENELETS: wholeNumber(1),
  STUB_SHOTS_PER_SCENELET: wholeNumber(1),
  STUB_BRANCHING: wholeNumber(1),
  STUB_LATENCY_MS: milliseconds(0),
});

/** Where a variable is set that is not in the file. */
export const EXPORTED = 'the environment';

/** The names of all variables. */
export const ENVIRONMENT_VARIABLES: readonly string[] = Object.keys(environmentSchema.shape);

/** The configuration of the process; unset variables are undefined. */
export type Environment = z.infer<typeof environmentSchema>;

/**
 * The configuration that these variables make; empty ones count as not set, and blanks around a value do not count.
 * @param placeOf where a variable is set, as in "line 3 of .env"
 * @throws StoryTreeError `not_configured` naming each variable that cannot be used, and what would be
 */
export function parseEnvironment(
  variables: Readonly<Record<string, string | undefined>>,
  placeOf: (name: string) => string = () => EXPORTED,
): Environment {
  const given = ENVIRONMENT_VARIABLES.map((name) => [name, variables[name]?.trim() ?? ''] as const);
  const values = Object.fromEntries(given.filter(([, value]) => value !== ''));
  const quoted = Object.keys(values).filter((name) => QUOTED.test(values[name] ?? ''));
  const checked = checkAgainst(environmentSchema, values);
  const sentences = [
    ...quoted.map((name) => `${name} begins or ends with a quotation mark in ${placeOf(name)}: leave it out.`),
    ...(checked.success ? [] : checked.issues)
      .filter(({ path }) => !quoted.includes(path))
      .map(({ path, message }) => `${path} is ${shownValue(path, values[path])} in ${placeOf(path)}. ${message}`),
  ];
  if (checked.success && sentences.length === 0) return checked.data;
  throw new StoryTreeError('not_configured', sentences.join(' '));
}

/** A value for people: of a secret no more than its length, of an address no password. */
export function shownValue(name: string, value = ''): string {
  if (SECRET_NAME.test(name)) return `set, with ${value.length} characters`;
  const shown = withoutCredentials(value).replace(QUERY, '?***');
  return JSON.stringify(shown.length > LONGEST_SHOWN ? `${shown.slice(0, LONGEST_SHOWN)}…` : shown);
}

/** Up to the last @, since passwords may hold anything that is not encoded. */
function withoutCredentials(address: string): string {
  const at = address.lastIndexOf('@');
  return at < 0 ? address : `${SCHEME.exec(address)?.[0] ?? ''}***${address.slice(at)}`;
}

/** Absolute paths of files and folders, from the environment or by default. */
export function places(environment: Environment) {
  const within = (folder: string) => path.resolve(REPOSITORY_ROOT, folder);
  return {
    home: within(environment.STORY_TREE_HOME ?? '.story-tree'),
    assets: within(environment.STORY_TREE_ASSETS ?? 'apps/story-tree-ui/public'),
    output: within(environment.STORY_TREE_OUTPUT ?? 'output/stories'),
    app: within('apps/story-tree-ui'),
  };
}
