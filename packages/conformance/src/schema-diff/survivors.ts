import { type ObjectDefinition, previousNames, type RenamedFrom, storageOf } from '@objectstack/spec/data';
import type { RowsByTable, TableRow } from './table-rows.js';

interface Named {
  readonly renamedFrom?: RenamedFrom | undefined;
}

/** The previous name according to renamedFrom, unless another definition takes it over. */
function previousNameOf(
  name: string,
  { renamedFrom }: Named,
  { had, all }: { had: ReadonlySet<string>; all: readonly Named[] },
): string | undefined {
  const previous = previousNames(renamedFrom).find((earlier) => had.has(earlier));
  if (previous !== undefined) return previous;
  const isTaken = all.some((other) => previousNames(other.renamedFrom).includes(name));
  return had.has(name) && !isTaken ? name : undefined;
}

/** Columns whose values must be unchanged, each with its previous name. */
function survivingColumns(before: ObjectDefinition, after: ObjectDefinition): Map<string, string> {
  const had = new Set(Object.keys(before.fields));
  const columns = new Map(['id', 'created_at', 'updated_at'].map((name) => [name, name]));
  for (const [name, field] of Object.entries(after.fields)) {
    const previous = previousNameOf(name, field, { had, all: Object.values(after.fields) });
    const was = previous === undefined ? undefined : before.fields[previous];
    if (was && previous && was.type === field.type && storageOf(field).column) columns.set(name, previous);
  }
  return columns;
}

const pick = (rows: readonly TableRow[], columns: Iterable<readonly [string, string]>) =>
  rows.map(({ row, values }) => [row, ...[...columns].map(([to, from]) => [to, values[from]])]);

/** The previous content that must still exist, and the actual content, by current names. */
export function survivors(
  { before, after }: { before: readonly ObjectDefinition[]; after: readonly ObjectDefinition[] },
  { had, has }: { had: RowsByTable; has: RowsByTable },
): { expected: unknown; actual: unknown } {
  const previous = new Map(before.map((definition) => [definition.name, definition]));
  const pairs = after.flatMap((definition) => {
    const name = previousNameOf(definition.name, definition, { had: new Set(previous.keys()), all: after });
    const was = previous.get(name ?? '');
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
