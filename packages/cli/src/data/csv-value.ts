import { type Field, type ObjectDefinition, SYSTEM_FIELDS, storageOf } from '@objectstack/spec/data';
import { usageError } from '../frame/command-error.js';

const BOOLEANS: Readonly<Record<string, boolean>> = { true: true, false: false, '1': true, '0': false };

/** Names of the columns of an object: the id, its own fields that are stored, and the timestamps. */
export function csvColumns({ fields }: ObjectDefinition): string[] {
  const own = Object.entries(fields).filter(
    ([name, field]) => !Object.hasOwn(SYSTEM_FIELDS, name) && storageOf(field).column !== null,
  );
  return ['id', ...own.map(([name]) => name), 'created_at', 'updated_at'];
}

/** A value as text of a cell: lists and objects as JSON, null as an empty cell. */
export const toCell = (value: unknown): string =>
  value === null || value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);

/** The value of a cell for a field. A text that the field cannot have is left for the driver to reject. */
function fromCell(cell: string, field: Field | undefined): unknown {
  const { value } = field ? storageOf(field) : { value: 'text' };
  if (value === 'number') return cell.trim() !== '' && Number.isFinite(Number(cell)) ? Number(cell) : cell;
  if (value === 'boolean') return BOOLEANS[cell.toLowerCase()] ?? cell;
  if (value !== 'json') return cell;
  try {
    return JSON.parse(cell);
  } catch {
    return cell;
  }
}

/** A record of a row. Empty cells are no values. */
export function fromRow(
  row: Readonly<Record<string, string>>,
  { fields }: ObjectDefinition,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row)
      .filter(([, cell]) => cell !== '')
      .map(([name, cell]) => [name, fromCell(cell, fields[name])]),
  );
}

/** Rejects a header that names no field, which would otherwise fail at the first record. */
export function assertHeader(header: readonly string[], definition: ObjectDefinition): void {
  const known = new Set([...Object.keys(SYSTEM_FIELDS), ...Object.keys(definition.fields)]);
  const unknown = header.filter((name) => !known.has(name));
  if (unknown.length === 0) return;
  throw usageError(
    `The first line of the CSV names fields that ${definition.name} does not have: ${unknown.join(', ')}.`,
    ['objectstack data objects'],
  );
}
