import { describe, expectTypeOf, it } from 'vitest';
import type { DriverCapabilities } from '../data/driver.zod.js';
import type { Filter } from '../data/filter.zod.js';
import type { QueryInput } from '../data/query.zod.js';
import type { RecordRule } from '../data/record-rule.zod.js';
import type { DataRecord, DriverTransaction, IDataDriver, RecordViolation } from './data-driver.js';
import type { SqlResult } from './sql-database.js';

declare const driver: IDataDriver;

describe('IDataDriver', () => {
  it('reads and writes records of an object by name', () => {
    expectTypeOf(driver.find).toBeCallableWith('account', { where: { name: 'Acme' }, limit: 10 });
    expectTypeOf(driver.find).returns.resolves.toEqualTypeOf<DataRecord[]>();
    expectTypeOf(driver.findOne).returns.resolves.toEqualTypeOf<DataRecord | null>();
    expectTypeOf(driver.count).returns.resolves.toBeNumber();
    expectTypeOf(driver.create).returns.resolves.toEqualTypeOf<DataRecord>();
    expectTypeOf(driver.update).parameter(1).toBeString();
    expectTypeOf(driver.upsert).toBeCallableWith('account', { name: 'Acme' }, ['name']);
    expectTypeOf(driver.delete).returns.resolves.toBeBoolean();
    expectTypeOf(driver.find).parameter(1).toEqualTypeOf<QueryInput | undefined>();
  });

  it('changes many records only with a filter', () => {
    expectTypeOf(driver.updateMany).parameter(1).toEqualTypeOf<{ where: Filter }>();
    expectTypeOf(driver.deleteMany).parameter(1).toEqualTypeOf<{ where: Filter }>();
    expectTypeOf(driver.deleteMany).returns.resolves.toBeNumber();
  });

  it('has transactions of its own kind', () => {
    expectTypeOf(driver.beginTransaction).returns.resolves.toEqualTypeOf<DriverTransaction>();
    expectTypeOf(driver.commit).parameter(0).toEqualTypeOf<DriverTransaction>();
    expectTypeOf(driver.rollback).parameter(0).toEqualTypeOf<DriverTransaction>();
    expectTypeOf(driver.executeAtomic).returns.resolves.toEqualTypeOf<SqlResult[]>();
  });

  it('says what it can do, and which rules are broken', () => {
    expectTypeOf(driver.supports).toEqualTypeOf<DriverCapabilities>();
    expectTypeOf<RecordViolation['rule']>().toEqualTypeOf<RecordRule>();
  });

  it('has records with an id', () => {
    expectTypeOf<DataRecord['id']>().toBeString();
    expectTypeOf<{ name: string }>().not.toExtend<DataRecord>();
  });
});
