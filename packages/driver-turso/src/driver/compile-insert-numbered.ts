import { quote } from '../schema/quote.js';
import { AutonumberReservation, type Place } from './autonumber-reservation.js';
import type { Columns } from './columns-of.js';
import {
  columnsIn,
  compileInsertMany,
  givenIdsFirst,
  type InsertMany,
  MOST_VARIABLES,
} from './compile-insert.js';
import { givenNumbers, numberedFields } from './numbered-field.js';
import type { ObjectModel } from './object-model.js';
import { selectedColumn } from './selected-column.js';

interface NumberedRecord {
  readonly columns: Columns;
  readonly places: readonly Place[];
}

const isPlaced = ({ places }: NumberedRecord) => places.length > 0;
const groupKey = ({ places }: NumberedRecord) =>
  JSON.stringify(places.map(({ field }) => [field.name, field.sequenceId]));

/** INSERTs of records that take their numbers from the same counters. */
function insertGroup(model: ObjectModel, records: readonly NumberedRecord[]): InsertMany[] {
  const fields = records[0]?.places.map(({ field }) => field) ?? [];
  const numbered = new Set(fields.map(({ name }) => name));
  const names = columnsIn(records.map(({ columns }) => columns)).filter((name) => !numbered.has(name));
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
  const returning = model.columns.map(selectedColumn).join(', ');
  const same = fields.flatMap(({ before, digits, sequenceId, after }) => [before, digits, sequenceId, after]);
  return Array.from({ length: Math.ceil(records.length / atOnce) }, (_, index) => {
    const some = records.slice(index * atOnce, (index + 1) * atOnce);
    const args = some.flatMap(({ columns, places }) => [
      ...names.map((name) => columns[name] ?? null),
      ...places.flatMap(({ taken, floor }) => [taken, floor]),
    ]);
    const sql = `INSERT INTO ${quote(model.name)} (${into}) SELECT ${values} FROM (VALUES ${some.map(() => row).join(', ')}) RETURNING ${returning}`;
    return { statement: { sql, args: [...same, ...args] }, records: some.map(({ columns }) => columns) };
  });
}

/** Statements that create the records and number them in the order given. */
export function compileInsertNumbered(
  model: ObjectModel,
  records: readonly Columns[],
  now: string,
): InsertMany[] {
  const reservation = new AutonumberReservation();
  const placed = records.map((columns): NumberedRecord => {
    for (const given of givenNumbers(model.name, model.autonumbers, columns))
      reservation.give(given.sequenceId, given.number);
    return { columns, places: numberedFields(model, columns, now).map((field) => reservation.take(field)) };
  });
  return [
    ...givenIdsFirst(placed, ({ columns }) => columns).flatMap((part) => insertPart(model, part)),
    ...reservation.advances(now).map((statement) => ({ statement, records: [] })),
  ];
}

function insertPart(model: ObjectModel, records: readonly NumberedRecord[]): InsertMany[] {
  const plain = records.filter((record) => !isPlaced(record)).map(({ columns }) => columns);
  return [
    ...compileInsertMany(model, plain, model.columns),
    ...groupsOf(records.filter(isPlaced)).flatMap((group) => insertGroup(model, group)),
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
