import { randomUUID } from 'node:crypto';

export interface Schema {
  type?: string;
  format?: string;
  pattern?: string;
  enum?: unknown[];
  const?: unknown;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  minimum?: number;
  anyOf?: Schema[];
  oneOf?: Schema[];
  default?: unknown;
}
export interface Route {
  method: string;
  path: string;
  body: Schema | undefined;
  query: { name: string; schema: Schema }[];
}

/** Every route of the OpenAPI document. */
export function routesOf(document: { paths: Record<string, Record<string, unknown>> }): Route[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => {
      const { requestBody, parameters = [] } = operation as {
        requestBody?: { content?: Record<string, { schema: Schema }> };
        parameters?: { name: string; in: string; schema: Schema }[];
      };
      const query = parameters.filter((one) => one.in === 'query').map(({ name, schema }) => ({ name, schema }));
      return { method: method.toUpperCase(), path, body: requestBody?.content?.['application/json']?.schema, query };
    }),
  );
}

/** A value that fits a schema, all optional fields included; strings hold `text` where they are free. */
export function sample(schema: Schema, text = 'x'): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const choice = (schema.anyOf ?? schema.oneOf)?.find((one) => one.type !== 'null');
  if (choice) return sample(choice, text);
  if (schema.type === 'object' || schema.properties) {
    return Object.fromEntries(
      Object.entries(schema.properties ?? {}).map(([name, part]) => [name, sample(part, text)]),
    );
  }
  if (schema.type === 'array') return [sample(schema.items ?? {}, text)];
  if (schema.type === 'integer' || schema.type === 'number')
    return schema.minimum !== undefined && schema.minimum > 0 ? schema.minimum : 1;
  if (schema.type === 'boolean') return false;
  if (schema.type === 'string') return sampleString(schema, text);
  return null;
}

function sampleString(schema: Schema, text: string): string {
  if (schema.format === 'uuid') return randomUUID();
  if (schema.format === 'date-time') return '2026-07-21T03:00:00Z';
  if (schema.format === 'date') return '2026-07-21';
  return text.padEnd(schema.minLength ?? 0, 'x');
}

/** Every field of a sample, as a path of keys, with its schema. */
export function fieldsOf(
  schema: Schema,
  trail: (string | number)[] = [],
): { trail: (string | number)[]; schema: Schema }[] {
  const choice = (schema.anyOf ?? schema.oneOf)?.find((one) => one.type !== 'null');
  if (choice) return fieldsOf(choice, trail);
  const own = trail.length ? [{ trail, schema }] : [];
  if (schema.properties)
    return [...own, ...Object.entries(schema.properties).flatMap(([name, part]) => fieldsOf(part, [...trail, name]))];
  if (schema.type === 'array' && schema.items) return [...own, ...fieldsOf(schema.items, [...trail, 0])];
  return own;
}

export function withField(value: unknown, trail: (string | number)[], replacement: unknown): unknown {
  const copy = structuredClone(value);
  let at = copy as Record<string | number, unknown>;
  for (const key of trail.slice(0, -1)) at = at[key] as Record<string | number, unknown>;
  at[trail.at(-1)!] = replacement;
  return copy;
}
