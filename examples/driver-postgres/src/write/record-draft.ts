import { defaultFromExpression } from '@objectstack/expressions';
import type { DriverOptions, RecordViolation } from '@objectstack/spec/contracts';
import {
  type CheckedRecord,
  checkChanges,
  checkNewRecord,
  type RecordWriteContext,
} from '@objectstack/spec/data';
import { acceptRecord, assertRecordData } from '@objectstack/spec/drivers';
import { v7 as uuidv7 } from 'uuid';
import type { ObjectTable } from '../schema/object-table.js';
import type { Values } from './autonumbers.js';

/** Values that a write stores, with the rules that they violate. */
export type Draft = CheckedRecord;

/** An index of PostgreSQL cannot contain every value of a column. */
function withIndexLimits({ columns }: ObjectTable, draft: Draft): Draft {
  for (const { name: field, maxBytes } of columns)
    if (Buffer.byteLength(String(draft.values.get(field) ?? '')) > maxBytes)
      draft.violations.push({ field, rule: 'max_bytes' });
  return draft;
}

const writeContext = ({ system, actor }: DriverOptions): RecordWriteContext => ({
  now: new Date().toISOString(),
  system,
  actor,
  evaluate: defaultFromExpression,
});

/** The values of a new record, with its id, defaults and times, and without its autonumbers. */
export function draftOfNew(table: ObjectTable, data: unknown, options: DriverOptions, path?: string): Draft {
  assertRecordData(data, path);
  const context = { ...writeContext(options), id: uuidv7() };
  return withIndexLimits(table, checkNewRecord(table.fields, data, context));
}

/** The values that an update sets. */
export function draftOfChanges(
  table: ObjectTable,
  data: unknown,
  options: DriverOptions,
  path?: string,
): Draft {
  assertRecordData(data, path);
  return withIndexLimits(table, checkChanges(table.fields, data, writeContext(options)));
}

/** The values of a draft. Throws `validation_failed` with all violations that the write is not permitted. */
export const acceptDraft = ({ name }: ObjectTable, draft: Draft, options: DriverOptions): Values =>
  Object.fromEntries(acceptRecord(name, draft, options));

/** The values of several drafts, whose violations are reported together. */
export function acceptDrafts(
  { name }: ObjectTable,
  drafts: readonly Draft[],
  options: DriverOptions,
): Values[] {
  const withIndexes = (key: 'violations' | 'permitted'): RecordViolation[] =>
    drafts.flatMap((draft, index) => draft[key].map((violation) => ({ ...violation, index })));
  const together = {
    values: new Map(),
    violations: withIndexes('violations'),
    permitted: withIndexes('permitted'),
  };
  acceptRecord(name, together, options);
  return drafts.map(({ values }) => Object.fromEntries(values));
}
