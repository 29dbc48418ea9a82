import type { DriverTransaction } from '@objectstack/spec/contracts';
import { seedValue } from '../bundle/seed-value.js';
import type { ReferenceResolver } from './reference-resolver.js';
import type { SeedSet } from './seed-set.js';

export interface ResolvedRecord {
  readonly data: Record<string, unknown>;
  /** Lookups whose records do not exist yet. */
  readonly pending: string[];
}

/** Whether records of the set may have lookups to records of the tenant. */
export const hasLookups = (
  resolver: Pick<ReferenceResolver, 'refersInside'>,
  { definition }: Pick<SeedSet, 'definition'>,
): boolean => Object.values(definition.fields).some((field) => resolver.refersInside(definition.name, field));

/** A record of a set without lookups, as {@link resolveRecord} returns it. */
export function plainRecord({ dataset, definition }: SeedSet, index: number): ResolvedRecord {
  const data: Record<string, unknown> = {};
  const written = dataset.records[index] ?? {};
  for (const name of Object.keys(written)) {
    const value = written[name];
    const field = definition.fields[name];
    data[name] = field && value !== null ? seedValue(field, value) : value;
  }
  return { data, pending: [] };
}

/** A seed record with its lookups resolved to ids. Lookups whose records do not exist yet are omitted. */
export async function resolveRecord(
  resolver: ReferenceResolver,
  { dataset, definition }: SeedSet,
  index: number,
  transaction?: DriverTransaction,
): Promise<ResolvedRecord> {
  const data: Record<string, unknown> = {};
  const pending: string[] = [];
  for (const [name, value] of Object.entries(dataset.records[index] ?? {})) {
    const field = definition.fields[name];
    if (!field || value === null || !resolver.refersInside(definition.name, field)) {
      data[name] = field ? seedValue(field, value) : value;
      continue;
    }
    const resolved = await resolver.resolve(definition.name, field, value, transaction);
    if (resolved.isComplete) data[name] = resolved.value;
    else pending.push(name);
  }
  return { data, pending };
}
