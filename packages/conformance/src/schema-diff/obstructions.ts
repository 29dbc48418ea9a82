import type { RecordData } from '@objectstack/spec/contracts';
import type { ObjectDefinition } from '@objectstack/spec/data';
import type { ErrorCode } from '@objectstack/spec/shared';
import { type Fields, lookup, NUMBER, object, STORED, TEXT } from './objects.js';

/** Existing records that obstruct a change. */
export interface Obstruction {
  readonly what: string;
  readonly before: readonly ObjectDefinition[];
  readonly after: readonly ObjectDefinition[];
  readonly records: readonly RecordData[];
  /** Ids of the records that obstruct the change. */
  readonly obstructingIds: readonly string[];
  readonly changeId: RegExp;
  readonly code: ErrorCode;
}

const thing = (fields: Fields, rest = {}) => object('thing', fields, rest);
const ACCOUNT = object('account', { name: TEXT });
const UNIQUE = { type: 'text', unique: true };
const names = (...values: (string | null)[]) => values.map((name, place) => ({ id: `r${place}`, name }));

export const OBSTRUCTIONS: Readonly<Record<string, Obstruction>> = {
  nulls: {
    what: 'missing values of a field that becomes NOT NULL',
    before: [thing({ name: TEXT })],
    after: [thing({ name: STORED })],
    records: names('a', null, null),
    obstructingIds: ['r1', 'r2'],
    changeId: /^change_field:thing\.name$/,
    code: 'not_null_violation',
  },
  'added-without-default': {
    what: 'records without a value for a new NOT NULL field',
    before: [thing({ name: TEXT })],
    after: [thing({ name: TEXT, more: STORED })],
    records: names('a', 'b'),
    obstructingIds: ['r0', 'r1'],
    changeId: /^add_field:thing\.more$/,
    code: 'not_null_violation',
  },
  duplicates: {
    what: 'duplicate values of a field that becomes unique',
    before: [thing({ name: TEXT })],
    after: [thing({ name: UNIQUE })],
    records: names('a', 'b', 'a', 'A', null, null),
    obstructingIds: ['r0', 'r2'],
    changeId: /^add_index:thing\./,
    code: 'unique_violation',
  },
  'duplicates-without-case': {
    what: 'values that differ only in case, of a field that becomes unique and case-insensitive',
    before: [thing({ name: TEXT })],
    after: [thing({ name: { ...UNIQUE, caseSensitive: false } })],
    records: names('value_ann', 'Value_Ann', 'bob'),
    obstructingIds: ['r0', 'r1'],
    changeId: /^add_index:thing\./,
    code: 'unique_violation',
  },
  'duplicates-of-many': {
    what: 'duplicate combinations of fields that become unique together',
    before: [thing({ name: TEXT, size: NUMBER })],
    after: [thing({ name: TEXT, size: NUMBER }, { indexes: [{ fields: ['name', 'size'], unique: true }] })],
    records: [
      { id: 'r0', name: 'a', size: 1 },
      { id: 'r1', name: 'a', size: 2 },
      { id: 'r2', name: 'a', size: 1 },
      { id: 'r3', name: 'a', size: null },
      { id: 'r4', name: 'a', size: null },
    ],
    obstructingIds: ['r0', 'r2'],
    changeId: /^add_index:thing\./,
    code: 'unique_violation',
  },
  'duplicates-by-conversion': {
    what: 'values of a unique field that become equal when converted to another type',
    before: [thing({ name: UNIQUE })],
    after: [thing({ name: { type: 'number', unique: true } })],
    records: names('1', '2', '1.0', null),
    obstructingIds: ['r0', 'r2'],
    changeId: /^change_field:thing\.name$/,
    code: 'unique_violation',
  },
  misfits: {
    what: 'values that cannot be converted to another type',
    before: [thing({ name: TEXT })],
    after: [thing({ name: NUMBER })],
    records: names('1', 'one', null),
    obstructingIds: ['r1'],
    changeId: /^change_field:thing\.name$/,
    code: 'conversion_failed',
  },
  orphans: {
    what: 'values of a field that becomes a lookup which refer to no record',
    before: [ACCOUNT, thing({ name: TEXT })],
    after: [ACCOUNT, thing({ name: lookup('account') })],
    records: names('no_such_id', null),
    obstructingIds: ['r0'],
    changeId: /^change_field:thing\.name$/,
    code: 'foreign_key_violation',
  },
};
