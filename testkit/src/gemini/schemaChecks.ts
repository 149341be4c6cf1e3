const KEYWORDS = new Set(
  (
    '$id $defs $ref $anchor type format title description enum items prefixItems minItems maxItems minimum maximum ' +
    'anyOf oneOf properties additionalProperties required propertyOrdering'
  ).split(' '),
);

const TYPES = ['string', 'number', 'integer', 'boolean', 'object', 'array', 'null'];

/** Observed: schemas whose `maxItems` add up to about this are refused. */
const MAX_ITEMS = 960;

type Schema = Readonly<Record<string, unknown>>;

/** Why the service would refuse a schema for a reply; undefined if it would not. */
export function findSchemaFault(root: Schema): string | undefined {
  let items = 0;

  function visit(schema: unknown): string | undefined {
    if (typeof schema === 'boolean') return undefined;
    if (!isRecord(schema)) return 'A schema must be an object.';
    if (typeof schema.maxItems === 'number') items += schema.maxItems;
    return findKeywordFault(schema, root) ?? firstFault(innerSchemas(schema).map(visit));
  }

  const fault = visit(root);
  return fault ?? (items >= MAX_ITEMS ? 'Request contains an invalid argument.' : undefined);
}

function findKeywordFault(schema: Schema, root: Schema): string | undefined {
  const unknown = Object.keys(schema).find((keyword) => !KEYWORDS.has(keyword));
  if (unknown !== undefined) return `response_json_schema: keyword "${unknown}" is not supported.`;
  if ('$ref' in schema) return findReferenceFault(schema, root);
  const types = [schema.type ?? []].flat();
  if (!types.every((type) => TYPES.includes(String(type)))) return `response_json_schema: type ${types}`;
  if ('enum' in schema && !isEnum(schema.enum)) return 'response_json_schema: enum takes strings and numbers.';
  if ('description' in schema && typeof schema.description !== 'string') return 'description must be a string.';
  const names = isRecord(schema.properties) ? Object.keys(schema.properties) : [];
  const missing = [schema.required ?? []].flat().find((name) => !names.includes(String(name)));
  return missing === undefined ? undefined : `response_json_schema: required property ${missing} is not defined.`;
}

function findReferenceFault(schema: Schema, root: Schema): string | undefined {
  if (Object.keys(schema).some((keyword) => !keyword.startsWith('$'))) return 'No other keyword beside $ref.';
  const name = /^#\/\$defs\/(.+)$/.exec(String(schema.$ref))?.[1];
  const known = isRecord(root.$defs) && name !== undefined && name in root.$defs;
  return known ? undefined : `response_json_schema: ${schema.$ref} leads nowhere.`;
}

function innerSchemas(schema: Schema): unknown[] {
  const { properties, $defs, items, additionalProperties, anyOf, oneOf, prefixItems } = schema;
  const named = [properties, $defs].filter(isRecord).flatMap((schemas) => Object.values(schemas));
  const listed = [anyOf, oneOf, prefixItems].filter(Array.isArray).flat();
  return [...named, ...listed, ...[items, additionalProperties].filter((inner) => inner !== undefined)];
}

function firstFault(faults: readonly (string | undefined)[]): string | undefined {
  return faults.find((fault) => fault !== undefined);
}

function isEnum(values: unknown): boolean {
  return Array.isArray(values) && values.every((value) => typeof value === 'string' || typeof value === 'number');
}

function isRecord(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
