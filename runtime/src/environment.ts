import { existsSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { StoryTreeError } from '@story-tree/domain';
import { z } from 'zod';

/** The folder of the checkout. */
const REPOSITORY_ROOT = fileURLToPath(new URL('../../', import.meta.url));

const wholeNumber = (min: number) => z.coerce.number().int().min(min).optional();
const text = z.string().optional();

/** Every variable that any part of the product reads; `.env.example` explains each. */
const environmentSchema = z.object({
  DATABASE_URL: text,
  STORY_TREE_HOME: text,
  STORY_TREE_ASSETS: text,
  STORY_TREE_OUTPUT: text,
  STORY_TREE_SAMPLE: z.enum(['on', 'off']).optional(),
  STORY_TREE_LIMIT_STREAMS: wholeNumber(1),
  STORY_TREE_LIVE: z.enum(['stream', 'realtime']).optional(),
  REDIS_URL: text,
  TASK_WORKER_CONCURRENCY: wholeNumber(1),
  TASK_WORKER_LOCK_MS: wholeNumber(500),
  STORY_TASK_RETENTION_DAYS: wholeNumber(1),
  SUPABASE_URL: z.url().optional(),
  SUPABASE_PUBLISHABLE_KEY: text,
  SUPABASE_JWT_SECRET: text,
  SUPABASE_JWKS_URL: z.url().optional(),
  SUPABASE_JWT_AUDIENCE: text,
  SUPABASE_JWT_ISSUER: text,
  STORY_TREE_OPERATORS: text,
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).optional(),
  HOST: text,
  PORT: z.coerce.number().int().min(0).max(65_535).optional(),
  GEMINI_API_KEY: text,
  GEMINI_BASE_URL: z.url().optional(),
  GEMINI_TEXT_MODEL: text,
  GEMINI_IMAGE_MODEL: text,
  GEMINI_TTS_MODEL: text,
  GEMINI_IMAGE_SIZE: text,
  GEMINI_TIMEOUT_MS: wholeNumber(1),
  GEMINI_DEADLINE_MS: wholeNumber(1),
  GEMINI_MAX_REFERENCE_IMAGES: wholeNumber(0),
  SCRIPT_MAX_DEPTH: wholeNumber(1),
  SCRIPT_MAX_CHOICES: wholeNumber(2),
  SCRIPT_MAX_SCENELETS: wholeNumber(1),
  STUB_SCENELETS: wholeNumber(1),
  STUB_SHOTS_PER_SCENELET: wholeNumber(1),
  STUB_BRANCHING: wholeNumber(1),
  STUB_LATENCY_MS: wholeNumber(0),
});

/** The names of all variables. */
export const ENVIRONMENT_VARIABLES: readonly string[] = Object.keys(environmentSchema.shape);

/** The configuration of the process; unset variables are undefined. */
export type Environment = z.infer<typeof environmentSchema>;

/**
 * Reads the configuration: exported variables first, then `.env` at the root; empty variables count as unset.
 * @throws StoryTreeError `not_configured` naming the variable that is invalid
 */
export function readEnvironment(): Environment {
  const file = path.join(REPOSITORY_ROOT, '.env');
  if (existsSync(file)) process.loadEnvFile(file);
  // biome-ignore lint/style/noProcessEnv: the edge of the process, where configuration enters
  return parseEnvironment(process.env);
}

/**
 * The configuration that these variables make; empty ones count as not set.
 * @throws StoryTreeError `not_configured` naming the variable that cannot be used
 */
export function parseEnvironment(variables: Readonly<Record<string, string | undefined>>): Environment {
  const given = Object.entries(variables).filter(([, value]) => value !== undefined && value.trim() !== '');
  const parsed = environmentSchema.safeParse(Object.fromEntries(given));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new StoryTreeError(
    'not_configured',
    `${issue?.path.join('.')} cannot be used as it is set: ${issue?.message}.`,
    {
      cause: parsed.error,
    },
  );
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
