import { type ObjectDefinition, previousNames, type RenamedFrom, storageOf } from '@objectstack/spec/data';
import type { RowsByTable, TableRow } from './table-rows.js';

interface Named {
  readonly renamedFrom?: RenamedFrom | undefined;
}

/** Where a thing of that name comes from, going by its hint; what another takes over, a new thing does not have. */
function formerOf(
  name: string,
  { renamedFrom }: Named,
  { had, all }: { had: ReadonlySet<string>; all: readonly Named[] },
): string | undefined {
  const former = previousNames(renamedFrom).find((earlier) => had.has(earlier));
  if (former !== undefined) return former;
  const isTaken = all.some((other) => previousNames(other.renamedFrom).includes(name));
  return had.has(name) && !isTaken ? name : undefined;
}

/** Columns whose values stay as they are, each with its name before. */
function survivingColumns(before: ObjectDefinition, after: ObjectDefinition): Map<string, string> {
  const had = new Set(Object.keys(before.fields));
  const columns = new Map(['id', 'created_at', 'updated_at'].map((name) => [name, name]));
  for (const [name, field] of Object.entries(after.fields)) {
    const former = formerOf(name, field, { had, all: Object.values(after.fields) });
    const was = former === undefined ? undefined : before.fields[former];
    if (was && former && was.type === field.type && storageOf(field).column) columns.set(name, former);
  }
  return columns;
}

const pick = (rows: readonly TableRow[], columns: Iterable<readonly [string, string]>) =>
  rows.map(({ row, values }) => [row, ...[...columns].map(([to, from]) => [to, values[from]])]);

/** What of the objects before must still be there, and what is, by the names of now. */
export function survivors(
  { before, after }: { before: readonly ObjectDefinition[]; after: readonly ObjectDefinition[] },
  { had, has }: { had: RowsByTable; has: RowsByTable },
): { expected: unknown; actual: unknown } {
  const former = new Map(before.map((definition) => [definition.name, definition]));
  const pairs = after.flatMap((definition) => {
    const name = formerOf(definition.name, definition, { had: new Set(former.keys()), all: after });
    const was = former.get(name ?? '');
    return was ? [[was, definition] as const] : [];
  });
  const expected: [string, unknown][] = [];
  const actual: [string, unknown][] = [];
  for (const [was, is] of pairs) {
    const columns = survivingColumns(was, is);
    expected.push([is.name, pick(had[was.name] ?? [], columns)]);
    actual.push([
      is.name,
      pick(
        has[is.name] ?? [],
        [...columns.keys()].map((name) => [name, name] as const),
      ),
    ]);
  }
  return { expected, actual };
}
