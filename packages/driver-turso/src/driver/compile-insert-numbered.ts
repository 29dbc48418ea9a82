import type { SqlStatement } from '@objectstack/spec/contracts';
import { quote } from '../schema/quote.js';
import { compileInsertMany, MOST_VARIABLES } from './compile-write.js';
import { givenNumbers, type NumberedField, numberedFields } from './numbered-field.js';
import type { ObjectModel } from './object-model.js';
import type { Columns } from './record-encoder.js';

/**
 * Reserves autonumbers for many records at once. The n-th record that takes a number from a counter gets
 * `n + max(last, floor)`: `last` is the value of the counter before the batch, read by the INSERT itself, and `floor`
 * follows from the explicit numbers of earlier records of the batch. The counters are advanced once, at the end of the
 * batch, which is one transaction.
 */
interface Block {
  taken: number;
  floor: number;
}

/** A reserved number: its position in the block and the minimum value of the counter before the block. */
interface Place {
  readonly field: NumberedField;
  readonly taken: number;
  readonly floor: number;
}

interface NumberedRecord {
  readonly columns: Columns;
  readonly places: readonly Place[];
}

class Blocks {
  readonly #blocks = new Map<string, Block>();

  #block(sequenceId: string): Block {
    const known = this.#blocks.get(sequenceId);
    if (known) return known;
    const made = { taken: 0, floor: 0 };
    this.#blocks.set(sequenceId, made);
    return made;
  }

  /** Applies an explicit number of a record: the following numbers are higher. */
  give(sequenceId: string, number: number): void {
    const block = this.#block(sequenceId);
    block.floor = Math.max(block.floor, number - block.taken);
  }

  take(field: NumberedField): Place {
    const block = this.#block(field.sequenceId);
    block.taken++;
    return { field, taken: block.taken, floor: block.floor };
  }

  advances(now: string): SqlStatement[] {
    return [...this.#blocks].map(([id, { taken, floor }]) => ({
      sql: `INSERT INTO _os_sequence (id, last_value, created_at, updated_at) VALUES (?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET last_value = ? + max(last_value, ?), updated_at = excluded.updated_at`,
      args: [id, taken + floor, now, now, taken, floor],
    }));
  }
}

const isPlaced = ({ places }: NumberedRecord) => places.length > 0;
const groupKey = ({ places }: NumberedRecord) =>
  JSON.stringify(places.map(({ field }) => [field.name, field.sequenceId]));

/** INSERTs of records that take their numbers from the same counters. */
function insertGroup(model: ObjectModel, records: readonly NumberedRecord[]): SqlStatement[] {
  const fields = records[0]?.places.map(({ field }) => field) ?? [];
  const numbered = new Set(fields.map(({ name }) => name));
  const names = [...new Set(records.flatMap(({ columns }) => Object.keys(columns)))].filter(
    (name) => !numbered.has(name),
  );
  const width = names.length + 2 * fields.length;
  const atOnce = Math.max(1, Math.floor((MOST_VARIABLES - 4 * fields.length) / width));
  const into = [...names, ...numbered].map(quote).join(', ');
  const numbers = fields.map((_, index) => {
    const [taken, floor] = [1, 2].map((place) => `column${names.length + 2 * index + place}`);
    const last = '(SELECT coalesce(max(CAST(last_value AS INTEGER)), 0) FROM _os_sequence WHERE id = ?)';
    return `? || printf('%0' || ? || 'd', ${taken} + max(${last}, ${floor})) || ?`;
  });
  const values = [...names.map((_, index) => `column${index + 1}`), ...numbers].join(', ');
  const row = `(${Array.from({ length: width }, () => '?').join(', ')})`;
  const returning = model.columns.map(({ name }) => quote(name)).join(', ');
  const same = fields.flatMap(({ before, digits, sequenceId, after }) => [before, digits, sequenceId, after]);
  return Array.from({ length: Math.ceil(records.length / atOnce) }, (_, index) => {
    const some = records.slice(index * atOnce, (index + 1) * atOnce);
    const args = some.flatMap(({ columns, places }) => [
      ...names.map((name) => columns[name] ?? null),
      ...places.flatMap(({ taken, floor }) => [taken, floor]),
    ]);
    return {
      sql: `INSERT INTO ${quote(model.name)} (${into}) SELECT ${values} FROM (VALUES ${some.map(() => row).join(', ')}) RETURNING ${returning}`,
      args: [...same, ...args],
    };
  });
}

/** Statements that create the records and number them in the order given. The INSERTs return the records unordered. */
export function compileInsertNumbered(
  model: ObjectModel,
  records: readonly Columns[],
  now: string,
): SqlStatement[] {
  const blocks = new Blocks();
  const placed = records.map((columns): NumberedRecord => {
    for (const given of givenNumbers(model.name, model.autonumbers, columns))
      blocks.give(given.sequenceId, given.number);
    return { columns, places: numberedFields(model, columns, now).map((field) => blocks.take(field)) };
  });
  const plain = placed.filter((record) => !isPlaced(record)).map(({ columns }) => columns);
  return [
    ...compileInsertMany(model, plain),
    ...groupsOf(placed.filter(isPlaced)).flatMap((group) => insertGroup(model, group)),
    ...blocks.advances(now),
  ];
}

function groupsOf(records: readonly NumberedRecord[]): NumberedRecord[][] {
  const groups = new Map<string, NumberedRecord[]>();
  for (const record of records) {
    const key = groupKey(record);
    const group = groups.get(key);
    if (group) group.push(record);
    else groups.set(key, [record]);
  }
  return [...groups.values()];
}
