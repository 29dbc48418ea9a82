import { describe, expectTypeOf, it } from 'vitest';
import type { RecordRule } from '../shared/record-rule.zod.js';
import type { DataRecord, RecordViolation, ValueRow, ValuesQueryInput } from './driver-call.js';

describe('DataRecord', () => {
  it('has an id', () => {
    expectTypeOf<DataRecord['id']>().toBeString();
    expectTypeOf<{ name: string }>().not.toExtend<DataRecord>();
  });

  it('is assignable to a row of values, but not the reverse', () => {
    expectTypeOf<DataRecord>().toExtend<ValueRow>();
    expectTypeOf<ValueRow>().not.toExtend<DataRecord>();
  });
});

describe('ValuesQueryInput', () => {
  it('requires values', () => {
    expectTypeOf<{ distinct: true }>().toExtend<ValuesQueryInput>();
    expectTypeOf<{ limit: 1 }>().not.toExtend<ValuesQueryInput>();
  });
});

describe('RecordViolation', () => {
  it('has a rule', () => {
    expectTypeOf<RecordViolation['rule']>().toEqualTypeOf<RecordRule>();
  });
});
