import type { PullFinding } from '@objectstack/spec/system';

const IMPORT = 'import its records into a new tenant with objectstack data import';
const LEAVE_OUT = 'remove the object, whose table an adoption then preserves as it is';
const PRESERVED = 'Nothing to do: an adoption preserves it.';

/** What to do about a part of a table that its object does not express, by the code of the finding. */
const NEXT_STEPS: Readonly<Record<PullFinding['code'], string>> = {
  check: `Express the condition by rules of the fields, recreate the table without it, ${LEAVE_OUT}, or ${IMPORT}.`,
  collation: `Remove the field, whose column an adoption then preserves as it is, recreate the table without the collation, or ${IMPORT}.`,
  conflict_clause: `Recreate the table without ON CONFLICT, ${LEAVE_OUT}, or ${IMPORT}.`,
  default: `Set a literal as defaultValue of the field, recreate the table without the DEFAULT, or ${IMPORT}.`,
  foreign_key: `Recreate the table without the foreign key, ${LEAVE_OUT}, or ${IMPORT}.`,
  generated_column: PRESERVED,
  index: PRESERVED,
  name: 'Rename the table or column to the name that the object or field has, with the statement that objectstack baseline --check shows.',
  on_update: 'Nothing to do: ids never change, so an adoption preserves it.',
  primary_key: `Rename the only column of the key to id and pull again, ${LEAVE_OUT}, or ${IMPORT}.`,
  system_column: `Recreate the table with a column id that is TEXT or INTEGER PRIMARY KEY, or ${IMPORT}. For times, run the statement that objectstack baseline --check shows.`,
  table_option: `Recreate the table without the option, ${LEAVE_OUT}, or ${IMPORT}.`,
  trigger: PRESERVED,
  type: PRESERVED,
  value_format:
    'Run objectstack baseline --check, which counts the values in other formats and shows the statement that converts them.',
  view: PRESERVED,
  virtual_table: PRESERVED,
};

/**
 * What to do about a finding. Whole columns that are missing are timestamps, which an adoption adds. An adoption does not
 * preserve a column that requires a value, because new records would have none.
 */
export function nextStepOf(
  { code, column }: Pick<PullFinding, 'code' | 'column'>,
  requiresValue = false,
): string {
  if (requiresValue) return `Recreate the table with a DEFAULT of the column, ${LEAVE_OUT}, or ${IMPORT}.`;
  return code === 'system_column' && column === undefined
    ? 'Nothing to do: an adoption adds it.'
    : NEXT_STEPS[code];
}
