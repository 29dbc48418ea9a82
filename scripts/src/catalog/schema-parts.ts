import type * as z from 'zod';

export type AnySchema = z.core.$ZodType;

const SAME_PLACE = ['innerType', 'left', 'right', 'in', 'out'];
const BELOW: readonly (readonly [string, string])[] = [
  ['element', '[]'],
  ['rest', '[]'],
  ['keyType', '.*'],
  ['valueType', '.*'],
  ['catchall', '.*'],
];

export interface SchemaPart {
  /** Suffix of the value's path, such as `.name` or `[]`; empty if it is the same value. */
  readonly step: string;
  readonly schema: AnySchema;
}

export function isSchema(value: unknown): value is z.ZodType {
  return typeof value === 'object' && value !== null && '_zod' in value;
}

/** Schemas within a schema, with the paths of their values. */
export function schemaParts(schema: AnySchema): SchemaPart[] {
  const def = schema._zod.def as unknown as Record<string, unknown>;
  const { shape = {}, options = [], items = [] } = def as Record<string, AnySchema[]>;
  const { innerType: lazy } = schema._zod as { innerType?: unknown };
  const parts: [string, unknown][] = [
    ...Object.entries(shape).map(([key, part]): [string, unknown] => [`.${key}`, part]),
    ...SAME_PLACE.map((part): [string, unknown] => ['', def[part]]),
    ['', lazy],
    ...options.map((part): [string, unknown] => ['', part]),
    ...items.map((part, index): [string, unknown] => [`[${index}]`, part]),
    ...BELOW.map(([part, step]): [string, unknown] => [step, def[part]]),
  ];
  return parts.flatMap(([step, part]) => (isSchema(part) ? { step, schema: part } : []));
}
