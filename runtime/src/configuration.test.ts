import { expect, test } from 'vitest';
import { configurationOf } from './configuration.ts';
import { parseDotEnv } from './dotEnv.ts';
import { shownValue } from './environment.ts';

test('exported variables count before the file, and each setting says where it is from', () => {
  const { environment, settings } = configurationOf(
    { PORT: '8080', REDIS_URL: '' },
    parseDotEnv('HOST=localhost\nPORT=1\nREDIS_URL=redis://x\nLOG_LEVEL=debug'),
  );
  expect(environment).toEqual({ PORT: 8080, HOST: 'localhost', LOG_LEVEL: 'debug' });
  expect(settings).toEqual([
    { name: 'LOG_LEVEL', value: 'debug', place: 'line 4 of .env' },
    { name: 'HOST', value: 'localhost', place: 'line 1 of .env' },
    { name: 'PORT', value: '8080', place: 'the environment' },
  ]);
});

test.each([
  ['PORT', '80a', 'PORT is "80a" in the environment. Give a whole number from 0 to 65535.'],
  ['PORT', '65536', 'PORT is "65536" in the environment. Give a whole number from 0 to 65535.'],
  ['LOG_LEVEL', 'loud', 'LOG_LEVEL is "loud" in the environment. Give debug, info, warn, error or silent.'],
  ['GEMINI_TIMEOUT_MS', '3000000000', /Give a whole number from 1 to 2147483647\.$/],
  ['GEMINI_BASE_URL', 'localhost:8080', /Give an address such as https:\/\/example\.org\.$/],
  [
    'SUPABASE_URL',
    'https//me:secret@x',
    'SUPABASE_URL is "***@x" in the environment. Give an address such as https://example.org.',
  ],
  ['STORY_TREE_HOME', '~/stories', /Write the whole path: only a shell knows what ~ stands for\.$/],
  ['GEMINI_API_KEY', '"abc"', 'GEMINI_API_KEY begins or ends with a quotation mark in the environment: leave it out.'],
  ['DATABASE_URL', 'postgresql://x’', /^DATABASE_URL begins or ends with a quotation mark/],
])('%s=%s is refused in a sentence that says what would do', (name, value, sentence) => {
  expect(() => configurationOf({ [name]: value })).toThrow(
    expect.objectContaining({
      code: 'not_configured',
      message: sentence instanceof RegExp ? expect.stringMatching(sentence) : sentence,
    }),
  );
});

test('all that is wrong is said at once, with the line', () => {
  expect(() => configurationOf({}, parseDotEnv('PORT=80a\nSTUB_SCENELETS=0'))).toThrow(
    'PORT is "80a" in line 1 of .env. Give a whole number from 0 to 65535. ' +
      'STUB_SCENELETS is "0" in line 2 of .env. Give a whole number of at least 1.',
  );
});

test('blanks around a value do not count, nor the end of a line as on Windows', () => {
  expect(configurationOf({ GEMINI_API_KEY: ' abc\r', PORT: '80\r' }).environment).toEqual({
    GEMINI_API_KEY: 'abc',
    PORT: 80,
  });
});

test.each([
  [
    { STORY_TREE_HOM: 'x' },
    'STORY_TREE_HOM is no variable of Story Tree and has no effect: did you mean STORY_TREE_HOME?',
  ],
  [{ GEMINI_KEY: 'x' }, 'GEMINI_KEY is no variable of Story Tree and has no effect: did you mean GEMINI_API_KEY?'],
  [{ SUPABASE_JKWS_URL: 'x' }, /did you mean SUPABASE_JWKS_URL\?$/],
  [{ STORY_TREE_COLOUR_THEME: 'x' }, /: the README lists those that it has\.$/],
])('an exported %j is told of', (exported, warning) => {
  expect(configurationOf(exported).warnings).toEqual([
    warning instanceof RegExp ? expect.stringMatching(warning) : warning,
  ]);
});

test('what is meant for others, for the launcher or for Node is left alone', () => {
  const others = { HOME: '/', PATH: '/', PORTS: '1', SUPABASE_ACCESS_TOKEN: 'x', SCRIPT_DIR: '/', GEMINI_CLI: '1' };
  const exported = { ...others, STORY_TREE_NO_APT: '1', NODE_EXTRA_CA_CERTS: '/x', PGPASSWORD: 'x', CI: 'true' };
  expect(configurationOf(exported).warnings).toEqual([]);
  expect(configurationOf({}, parseDotEnv('NODE_EXTRA_CA_CERTS=/x\nPGPASSWORD=x\nNO_COLOR=1')).warnings).toEqual([]);
});

test('in the file, every name that nothing reads is told of with its line', () => {
  expect(configurationOf({}, parseDotEnv('LOGLEVEL=debug\nFOO=1\nSTORY_TREE_NO_APT=1')).warnings).toEqual([
    'LOGLEVEL, in line 1 of .env, is no variable of Story Tree and has no effect: did you mean LOG_LEVEL?',
    'FOO, in line 2 of .env, is no variable of Story Tree and has no effect: the README lists those that it has.',
    'STORY_TREE_NO_APT, in line 3 of .env, has no effect there: export it.',
  ]);
});

test.each([
  ['GEMINI_API_KEY', 'x'.repeat(39), 'set, with 39 characters'],
  ['SUPABASE_JWT_SECRET', 'secret', 'set, with 6 characters'],
  ['DATABASE_URL', 'postgresql://me:s3/cr@et@host/db?password=s3cret', '"postgresql://***@host/db?***"'],
  ['REDIS_URL', 'me:s3cret@host', '"***@host"'],
  ['PORT', '3000', '"3000"'],
])('%s is shown without what is secret', (name, value, shown) => {
  expect(shownValue(name, value)).toBe(shown);
});
