import type { SqlStatement, SqlValue } from '@objectstack/spec/contracts';
import type { Table } from '@objectstack/spec/system';
import { freezeDeeply, memoizeFrozen } from './freeze-deeply.js';
import { readJson } from './read-json.js';

/*
 * The history entry of an adoption contains the declared forms of the adopted tables that differ from those of
 * deployments. A form is removed in the transaction that rebuilds or drops its table.
 */

/** Rollback information of an adoption: no deployment precedes it. */
const START = '{"expired":[],"baseline":true';
const WITH_FORMS = `${START},"adopted":`;

/** The text that the history entry of an adoption has in place of rollback information. */
export const baselineInformation = (forms: readonly Table[]): string =>
  forms.length === 0 ? `${START}}` : `${WITH_FORMS}${JSON.stringify(forms)}}`;

const IS_ADOPTION = `sequence = 1 AND substr(undo, 1, ${WITH_FORMS.length}) = '${WITH_FORMS}'`;

/** Selects the forms of a database that has system tables; null if there are none. */
export const ADOPTED_FORMS = `(SELECT json_extract(undo, '$.adopted') FROM _os_deployment WHERE ${IS_ADOPTION})`;

const MAX_TEXTS = 100;
const texts = new Map<string, readonly Table[]>();

/** The forms in the result of {@link ADOPTED_FORMS}. Tenants with the same application share them. */
export function readAdoptedForms(value: SqlValue | undefined): Table[] {
  if (typeof value !== 'string') return [];
  const known = texts.get(value);
  if (known) return [...known];
  const forms = (readJson(value) as Table[]).map((form) => freezeDeeply(form));
  if (texts.size >= MAX_TEXTS) texts.clear();
  texts.set(value, forms);
  return [...forms];
}

/** Statements that remove the forms of rebuilt or dropped tables. */
export function removeAdoptedForms(tables: readonly string[]): SqlStatement[] {
  if (tables.length === 0) return [];
  const left = `SELECT json_group_array(json(value)) FROM temp.json_each(undo, '$.adopted')
    WHERE json_extract(value, '$.name') NOT IN (SELECT value FROM temp.json_each(?))`;
  const sql = `UPDATE _os_deployment SET undo = json_set(undo, '$.adopted', json((${left}))) WHERE ${IS_ADOPTION}`;
  return [{ sql, args: [JSON.stringify(tables)] }];
}

const EMPTY = { indexes: [], triggers: [], sql: null };

type FormParts = Pick<Table, 'columns' | 'foreignKeys' | 'constraints' | 'strict'>;

/** The form of a table: the columns, foreign keys, constraints and option that differ from those of deployments. */
export const formOf = (name: string, parts: FormParts): Table => freezeDeeply({ name, ...EMPTY, ...parts });

/** Columns of a form by name. */
const columnsOf = memoizeFrozen(
  ({ columns }: Table) => new Map(columns.map((column) => [column.name, column])),
);

/** The table of an object in its adopted form. */
export function withAdoptedForm(table: Table, form: Table | undefined): Table {
  if (!form) return table;
  const columns = columnsOf(form);
  const keys = new Map(form.foreignKeys.map((key) => [key.columns.join(), key]));
  return {
    ...table,
    columns: table.columns.map((column) => columns.get(column.name) ?? column),
    foreignKeys: table.foreignKeys.map((key) => keys.get(key.columns.join()) ?? key),
    ...(form.constraints && { constraints: form.constraints }),
    ...(form.strict && { strict: form.strict }),
  };
}
