import { ARGUMENT_MISTAKES } from './argument-mistakes.js';
import { CONSTRAINT_MISTAKES } from './constraint-mistakes.js';
import { EXPAND_MISTAKES } from './expand-mistakes.js';
import { filterMistake } from './filter-calls.js';
import { FILTER_MISTAKES } from './filter-mistakes.js';
import { FILTER_ONLY_MISTAKES } from './filter-only-mistakes.js';
import { HAVING_MISTAKES } from './having-mistakes.js';
import { KEY_MISTAKES } from './key-mistakes.js';
import type { Mistake } from './mistake.js';
import { NAME_MISTAKES } from './name-mistakes.js';
import { OPERAND_MISTAKES } from './operand-mistakes.js';
import { filterOnlyMistake, queryMistakeOf } from './query-calls.js';
import { QUERY_MISTAKES } from './query-mistakes.js';
import { recordMistake } from './record-calls.js';
import { RECORD_MISTAKES } from './record-mistakes.js';
import { ROWS_AS_RECORDS_MISTAKES, ROWS_MISTAKES } from './rows-mistakes.js';
import { SCHEMA_MISTAKES } from './schema-mistakes.js';
import { TRANSACTION_MISTAKES } from './transaction-mistakes.js';
import { VALUE_MISTAKES } from './value-mistakes.js';

/** Mistakes in one kind of input. */
export interface MistakeGroup {
  readonly title: string;
  readonly mistakes: readonly Mistake[];
}

const inReads = queryMistakeOf(['find', 'findOne', 'findStream', 'explain']);

/**
 * Every mistake in the input of a data driver with its correct rejections: the specification of what a driver rejects.
 * A rejected call has no effect. The examples use {@link MISTAKE_OBJECTS} with {@link MISTAKE_RECORDS}.
 */
export const MISTAKES: Readonly<Record<string, MistakeGroup>> = {
  name: { title: 'Object names', mistakes: NAME_MISTAKES },
  argument: { title: 'Arguments', mistakes: ARGUMENT_MISTAKES },
  filter: { title: 'Filters', mistakes: FILTER_MISTAKES.map(filterMistake) },
  operand: { title: 'Operands of filters', mistakes: OPERAND_MISTAKES.map(filterMistake) },
  'filter-only': {
    title: 'Calls that accept only a filter',
    mistakes: FILTER_ONLY_MISTAKES.map(filterOnlyMistake),
  },
  query: { title: 'Queries', mistakes: QUERY_MISTAKES.map(inReads) },
  expand: { title: 'Expanded lookups', mistakes: EXPAND_MISTAKES.map(inReads) },
  rows: {
    title: 'Queries for aggregates, groups and distinct rows',
    mistakes: [
      ...[...ROWS_MISTAKES, ...HAVING_MISTAKES].map(queryMistakeOf(['find', 'explain'])),
      ...ROWS_AS_RECORDS_MISTAKES.map(queryMistakeOf(['findOne', 'findStream'])),
    ],
  },
  record: {
    title: 'Values of records',
    mistakes: [...RECORD_MISTAKES, ...VALUE_MISTAKES].map(recordMistake),
  },
  constraint: { title: 'Constraints between records', mistakes: CONSTRAINT_MISTAKES },
  key: { title: 'Upsert keys', mistakes: KEY_MISTAKES },
  transaction: { title: 'Transactions', mistakes: TRANSACTION_MISTAKES },
  schema: { title: 'Schemas', mistakes: SCHEMA_MISTAKES },
};
