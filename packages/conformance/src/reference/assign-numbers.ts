import {
  autonumberFormatText,
  isAutonumberTokenField,
  parseAutonumberFormat,
  readAutonumber,
  renderAutonumber,
} from '@objectstack/spec/data';
import type { JsonValue } from '@objectstack/spec/shared';
import { type MemoryStore, withSequence } from './memory-store.js';
import type { MemoryField, MemoryTable } from './memory-table.js';

export const isAutonumber = ({ field }: MemoryField) => field.type === 'autonumber';

function formatOf({ fields }: MemoryTable, { field }: MemoryField) {
  const isTokenField = (name: string) => isAutonumberTokenField(fields.get(name)?.field);
  return parseAutonumberFormat(autonumberFormatText(field), isTokenField).format;
}

/** Assigns autonumbers; a given number advances the counter. */
export function withNumbers(
  store: MemoryStore,
  table: MemoryTable,
  values: Record<string, JsonValue>,
  numberAll: 'all' | 'given',
) {
  let next = store;
  for (const field of table.stored.filter(isAutonumber)) {
    const format = formatOf(table, field);
    const sequence = (scope: string) => `${table.definition.name}.${field.name}:${scope}`;
    const given = values[field.name];
    if (typeof given === 'string') {
      const read = readAutonumber(format, given, values);
      const name = sequence(read?.scope ?? '');
      next = withSequence(next, name, Math.max(next.sequences.get(name) ?? 0, read?.number ?? 0));
    } else if (numberAll === 'all') {
      const { before, after, scope } = renderAutonumber(format, new Date().toISOString(), values);
      const number = (next.sequences.get(sequence(scope)) ?? 0) + next.numberStep;
      values[field.name] = `${before}${String(number).padStart(format.digits, '0')}${after}`;
      next = withSequence(next, sequence(scope), number);
    }
  }
  return next;
}
