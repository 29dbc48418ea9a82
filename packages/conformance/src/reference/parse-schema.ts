import { type ObjectDefinition, ObjectDefinitionSchema } from '@objectstack/spec/data';
import { memoryError } from './memory-error.js';
import { type MemoryTable, memoryTable, type TableSettings } from './memory-table.js';

/**
 * The empty table of an object. Throws `invalid_request` for a definition that is invalid or of another object, and
 * `not_supported` for integer ids.
 */
export function parseSchema(
  { object, definition }: { object: string; definition: ObjectDefinition },
  settings: TableSettings,
): MemoryTable {
  const parsed = ObjectDefinitionSchema.safeParse(definition);
  if (!parsed.success || parsed.data.name !== object) throw memoryError('invalid_request');
  if (parsed.data.idType === 'integer') throw memoryError('not_supported', { feature: 'integerIds' });
  return memoryTable(parsed.data, settings);
}
