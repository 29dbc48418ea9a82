import type { Table } from '@objectstack/spec/system';
import { formOf } from '../../schema/adopted-forms.js';
import { columnNamed } from '../../schema/column-named.js';
import { isSameJson } from '../../schema/hash-of.js';
import { type AdoptedObject, acceptsColumn, acceptsConstraint } from '../diff/adopted/accepts-form.js';

/**
 * The declarations of a table that differ from those of deployments and that the table may keep; undefined if there are
 * none. Those that it may not keep remain drift. All columns are recorded once one differs, because a table constraint
 * may belong to any of them.
 */
export function formToKeep(live: Table, object: AdoptedObject): Table | undefined {
  const { canonical } = object;
  const constraints = (live.constraints ?? []).filter((text) => acceptsConstraint(text, object));
  const columns = live.columns.filter(
    (column) => columnNamed(canonical, column.name) !== undefined && acceptsColumn(live, column, object),
  );
  const names = new Set(columns.map(({ name }) => name));
  const foreignKeys = live.foreignKeys.filter((key) => key.columns.every((name) => names.has(name)));
  const form = formOf(canonical.name, {
    columns,
    foreignKeys: foreignKeys.filter((key) => key.columns.length === 1),
    ...(constraints.length > 0 && { constraints }),
    ...(live.strict && { strict: live.strict }),
  });
  const isPlain =
    constraints.length === 0 &&
    !live.strict &&
    columns.every((column) => isSameJson(column, columnNamed(canonical, column.name))) &&
    foreignKeys.every((key) => canonical.foreignKeys.some((other) => isSameJson(other, key)));
  return isPlain ? undefined : form;
}
