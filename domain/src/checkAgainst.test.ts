import { expect, test } from 'vitest';
import { z } from 'zod';
import { checkAgainst } from './checkAgainst.ts';

/** [schema, a value that it refuses, what people read]. */
const REFUSED: readonly [z.ZodType, unknown, string][] = [
  [z.coerce.number().int().min(0).max(65_535), '80a', 'Give a whole number from 0 to 65535.'],
  [z.coerce.number().int().min(0).max(65_535), '-1', 'Give a whole number from 0 to 65535.'],
  [z.coerce.number().int().min(1), '1.5', 'Give a whole number of at least 1.'],
  [z.int(), 1e300, 'Give a whole number.'],
  [z.preprocess(Number, z.int().min(1)), 'x', 'Give a whole number of at least 1.'],
  [z.number().positive().max(1_000).optional(), 0, 'Give a number above 0 and of at most 1000.'],
  [z.coerce.number().pipe(z.literal([320, 640])), '5', 'Give 320 or 640.'],
  [z.string().min(1), '', 'Give some text.'],
  [z.string().trim().min(1).max(200), '  ', 'Give text of 1 to 200 characters.'],
  [z.string().trim().max(5), 'too long', 'Give text of at most 5 characters.'],
  [z.string(), undefined, 'Give text.'],
  [z.enum(['on', 'off']), 'perhaps', 'Give on or off.'],
  [z.literal('stub'), 'x', 'Give stub.'],
  [z.boolean(), 'x', 'Give true or false.'],
  [z.stringbool(), 'perhaps', 'Give true or false.'],
  [z.url(), 'nowhere', 'Give an address such as https://example.org.'],
  [z.uuid(), '1', 'Give an id such as 3f7c1f0e-3b0a-4c50-9a55-5f0e2f6f1c11.'],
  [z.array(z.string()).min(1), [], 'Give a list of at least 1 entry.'],
  [z.array(z.string()).max(20), 'x', 'Give a list of at most 20 entries.'],
  [z.record(z.string(), z.unknown()), 4, 'Give an object.'],
  [z.union([z.string(), z.number()]), null, 'Give another value.'],
  [z.strictObject({}), { b: 1 }, 'Leave out "b": nothing of that name is known here.'],
  [z.string({ error: 'Our own words' }), 4, 'Our own words.'],
  [z.string().refine(() => false, 'Two of these exclude each other.'), 'x', 'Two of these exclude each other.'],
];

test.each(REFUSED)('%# what a schema refuses is told in a sentence of ours', (schema, given, sentence) => {
  expect(checkAgainst(schema, given)).toEqual({ success: false, issues: [{ path: '', message: sentence }] });
});

test('every issue has the place where it is, and what fits comes back as the schema makes it', () => {
  const schema = z.object({ pages: z.array(z.coerce.number()) });
  expect(checkAgainst(schema, { pages: ['1', 'x'] })).toMatchObject({ issues: [{ path: 'pages.1' }] });
  expect(checkAgainst(schema, { pages: ['1'] })).toEqual({ success: true, data: { pages: [1] } });
});
