/** The keywords of JSON Schema that Gemini's API documents. Everything else is put in words. */
const SUPPORTED = new Set([
  '$id',
  '$defs',
  '$ref',
  '$anchor',
  'type',
  'format',
  'title',
  'description',
  'enum',
  'items',
  'prefixItems',
  'minimum',
  'maximum',
  'anyOf',
  'oneOf',
  'properties',
  'additionalProperties',
  'required',
  'propertyOrdering',
]);

/** How an unsupported keyword is put in words. */
const IN_WORDS: Readonly<Record<string, (value: unknown) => string>> = {
  pattern: (value) => `matches /${String(value)}/`,
  minLength: (value) => (value === 1 ? 'not empty' : `at least ${value} characters`),
  maxLength: (value) => `at most ${value} characters`,
  // Nominally supported, but many limits in one schema are rejected with a bare 400: their sum must stay below a hidden bound.
  minItems: (value) => (value === 1 ? 'not empty' : `at least ${value} items`),
  maxItems: (value) => `at most ${value} items`,
  uniqueItems: () => 'no item twice',
  exclusiveMinimum: (value) => `greater than ${value}`,
  exclusiveMaximum: (value) => `less than ${value}`,
  multipleOf: (value) => `a multiple of ${value}`,
  default: (value) => `${JSON.stringify(value)} if unsure`,
  propertyNames: (value) => `every key: ${JSON.stringify(value)}`,
};

/** Keywords that mean nothing to a model. */
const IGNORED = new Set(['$schema', '$comment', 'readOnly', 'writeOnly', 'deprecated']);

type Schema = Readonly<Record<string, unknown>>;

/**
 * Rewrites a JSON Schema (draft 2020-12) to the subset that Gemini supports: `const` becomes `enum`, and what Gemini would
 * reject moves into the description. The caller still validates the reply against the full schema.
 */
export function normalizeSchema(schema: Schema): Record<string, unknown> {
  // Only other `$` keywords may stand next to a reference.
  if ('$ref' in schema) return normalizeReference(schema);

  const normal: Record<string, unknown> = {};
  const notes: string[] = [];
  for (const [keyword, value] of Object.entries(schema)) {
    if (IGNORED.has(keyword) || isBoundOfSafeIntegers(keyword, value)) continue;
    if (keyword === 'const') Object.assign(normal, normalizeConst(value, notes));
    else if (SUPPORTED.has(keyword)) normal[keyword] = normalizeValue(keyword, value);
    else notes.push(IN_WORDS[keyword]?.(value) ?? `${keyword}: ${JSON.stringify(value)}`);
  }
  if (notes.length > 0) normal.description = describe(schema.description, notes);
  return normal;
}

function normalizeReference(schema: Schema): Record<string, unknown> {
  const kept = Object.entries(schema).filter(([keyword]) => keyword.startsWith('$') && SUPPORTED.has(keyword));
  return Object.fromEntries(kept.map(([keyword, value]) => [keyword, normalizeValue(keyword, value)]));
}

function normalizeValue(keyword: string, value: unknown): unknown {
  switch (keyword) {
    case 'properties':
    case '$defs':
      return isSchema(value)
        ? Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, normalizeInner(inner)]))
        : value;
    case 'anyOf':
    case 'oneOf':
    case 'prefixItems':
      return Array.isArray(value) ? value.map(normalizeInner) : value;
    case 'items':
    case 'additionalProperties':
      return normalizeInner(value);
    default:
      return value;
  }
}

function normalizeInner(value: unknown): unknown {
  return isSchema(value) ? normalizeSchema(value) : value;
}

/** An `enum` may hold only strings and numbers. */
function normalizeConst(value: unknown, notes: string[]): Record<string, unknown> {
  if (typeof value === 'string' || typeof value === 'number') return { enum: [value] };
  if (value === null) return { type: 'null' };
  notes.push(`always ${JSON.stringify(value)}`);
  return {};
}

/** Zod gives integers JavaScript's safe bounds, which no story comes near. */
function isBoundOfSafeIntegers(keyword: string, value: unknown): boolean {
  return (
    (keyword === 'minimum' && value === Number.MIN_SAFE_INTEGER) ||
    (keyword === 'maximum' && value === Number.MAX_SAFE_INTEGER)
  );
}

function describe(description: unknown, notes: readonly string[]): string {
  const said = notes.join('; ');
  return typeof description === 'string' && description !== '' ? `${description} (${said})` : said;
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
