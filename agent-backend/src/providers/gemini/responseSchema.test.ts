import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { normalizeSchema } from './responseSchema.ts';

describe('normalizeSchema', () => {
  it('moves what Gemini refuses into the description', () => {
    expect(
      normalizeSchema({
        $schema: 'https://json-schema.org/draft/2020-12/schema',
        type: 'array',
        description: 'Shots in order',
        minItems: 2,
        maxItems: 6,
        items: { type: 'string', minLength: 1, maxLength: 80, pattern: '^[a-z]+$' },
      }),
    ).toEqual({
      type: 'array',
      description: 'Shots in order (at least 2 items; at most 6 items)',
      items: { type: 'string', description: 'not empty; at most 80 characters; matches /^[a-z]+$/' },
    });
  });

  it('turns const into enum, null and words', () => {
    expect(normalizeSchema({ const: 'narrator' })).toEqual({ enum: ['narrator'] });
    expect(normalizeSchema({ const: 3 })).toEqual({ enum: [3] });
    expect(normalizeSchema({ const: null })).toEqual({ type: 'null' });
    expect(normalizeSchema({ type: 'boolean', const: true })).toEqual({ type: 'boolean', description: 'always true' });
  });

  it('keeps properties that are called like keywords', () => {
    const schema = {
      type: 'object',
      properties: { const: { type: 'string' }, pattern: { type: 'string' }, default: { const: 'x' } },
      required: ['const', 'pattern'],
    };
    expect(normalizeSchema(schema)).toEqual({
      ...schema,
      properties: { const: { type: 'string' }, pattern: { type: 'string' }, default: { enum: ['x'] } },
    });
  });

  it('reaches every place where a schema can stand', () => {
    const inner = { type: 'string', default: 'x' };
    const normal = { type: 'string', description: '"x" if unsure' };
    expect(
      normalizeSchema({
        $defs: { name: inner },
        anyOf: [inner],
        oneOf: [inner],
        prefixItems: [inner],
        items: inner,
        additionalProperties: inner,
        properties: { name: inner },
      }),
    ).toEqual({
      $defs: { name: normal },
      anyOf: [normal],
      oneOf: [normal],
      prefixItems: [normal],
      items: normal,
      additionalProperties: normal,
      properties: { name: normal },
    });
  });

  it('leaves nothing next to a reference', () => {
    expect(normalizeSchema({ $ref: '#/$defs/name', description: 'dropped', default: 'x' })).toEqual({
      $ref: '#/$defs/name',
    });
  });

  it('puts unknown keywords in words', () => {
    expect(normalizeSchema({ type: 'object', minProperties: 2 })).toEqual({
      type: 'object',
      description: 'minProperties: 2',
    });
  });

  it('does not change its argument', () => {
    const schema = Object.freeze({ type: 'string', minLength: 3 });
    normalizeSchema(schema);
    expect(schema).toEqual({ type: 'string', minLength: 3 });
  });

  it('brings the output of Zod into the subset', () => {
    const scenelet = z.object({
      kind: z.literal('scenelet'),
      index: z.int().min(1),
      tags: z.array(z.string().min(1).max(20)).min(1).max(5),
      mood: z.string().nullable(),
      notes: z.record(z.string().regex(/^[a-z]+$/), z.string()),
    });
    expect(normalizeSchema(z.toJSONSchema(scenelet))).toEqual({
      type: 'object',
      properties: {
        kind: { type: 'string', enum: ['scenelet'] },
        index: { type: 'integer', minimum: 1 },
        tags: {
          type: 'array',
          description: 'not empty; at most 5 items',
          items: { type: 'string', description: 'not empty; at most 20 characters' },
        },
        mood: { type: ['string', 'null'] },
        notes: {
          type: 'object',
          description: 'every key: {"type":"string","pattern":"^[a-z]+$"}',
          additionalProperties: { type: 'string' },
        },
      },
      required: ['kind', 'index', 'tags', 'mood', 'notes'],
      additionalProperties: false,
    });
  });
});
