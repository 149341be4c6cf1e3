/** What Gemini understands of JSON Schema, as its API documents it. Everything else is told in words. */
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

/** How a keyword that has to go is put in words. */
const IN_WORDS: Readonly<Record<string, (value: unknown) => string>> = {
  pattern: (value) => `matches /${String(value)}/`,
  minLength: (value) => (value === 1 ? 'not empty' : `at least ${value} characters`),
  maxLength: (value) => `at most ${value} characters`,
  // Supported by name, but long lists of limits are refused with a bare 400: their sum must stay below a hidden bound.
  minItems: (value) => (value === 1 ? 'not empty' : `at least ${value} items`),
  maxItems: (value) => `at most ${value} items`,
  uniqueItems: () => 'no item twice',
  exclusiveMinimum: (value) => `greater than ${value}`,
  exclusiveMaximum: (value) => `less than ${value}`,
  multipleOf: (value) => `a multiple of ${value}`,
  default: (value) => `${JSON.stringify(value)} if unsure`,
  propertyNames: (value) => `every key: ${JSON.stringify(value)}`,
};

/** Says nothing to a model. */
const NOISE = new Set(['$schema', '$comment', 'readOnly', 'writeOnly', 'deprecated']);

type Schema = Readonly<Record<string, unknown>>;

/**
 * A JSON Schema (draft 2020-12) that says the same within the subset that Gemini supports: `const` becomes `enum`, and
 * what it would refuse is moved into the description. The reply is validated against the full schema by its receiver.
 */
export function normalizeSchema(schema: Schema): Record<string, unknown> {
  // Next to a reference only other `$` keywords may stand.
  if ('$ref' in schema) return normalizeReference(schema);

  const normal: Record<string, unknown> = {};
  const notes: string[] = [];
  for (const [keyword, value] of Object.entries(schema)) {
    if (NOISE.has(keyword) || isBoundOfSafeIntegers(keyword, value)) continue;
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

/** Only strings and numbers may stand in an `enum`. */
function normalizeConst(value: unknown, notes: string[]): Record<string, unknown> {
  if (typeof value === 'string' || typeof value === 'number') return { enum: [value] };
  if (value === null) return { type: 'null' };
  notes.push(`always ${JSON.stringify(value)}`);
  return {};
}

/** Integers carry the bounds of exact numbers in JavaScript, which no story comes near. */
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
