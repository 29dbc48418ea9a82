import { describe, expectTypeOf, it } from 'vitest';
import type { DriverCapabilities } from '../data/driver.zod.js';
import type { Filter } from '../data/filter.zod.js';
import type { QueryInput } from '../data/query.zod.js';
import type { IDataDriver } from './data-driver.js';
import type { DataRecord, DriverTransaction, QueryExplanation, ValueRow } from './driver-call.js';
import type { SqlResult } from './sql-database.js';

declare const driver: IDataDriver;

describe('IDataDriver', () => {
  it('reads and writes records of an object by its name', () => {
    expectTypeOf(driver.find('account', { where: { name: 'Acme' } })).resolves.toEqualTypeOf<DataRecord[]>();
    expectTypeOf(driver.find('account', { limit: 10 })).resolves.toEqualTypeOf<DataRecord[]>();
    expectTypeOf(driver.findOne).returns.resolves.toEqualTypeOf<DataRecord | null>();
    expectTypeOf(driver.count).returns.resolves.toBeNumber();
    expectTypeOf(driver.create).returns.resolves.toEqualTypeOf<DataRecord>();
    expectTypeOf(driver.update).parameter(1).toBeString();
    expectTypeOf(driver.upsert).toBeCallableWith('account', { name: 'Acme' }, ['name']);
    expectTypeOf(driver.delete).returns.resolves.toBeBoolean();
    expectTypeOf(driver.findOne).parameter(1).toEqualTypeOf<QueryInput | undefined>();
  });

  it('updates and deletes many records only with a filter', () => {
    expectTypeOf(driver.updateMany).parameter(1).toEqualTypeOf<{ where: Filter }>();
    expectTypeOf(driver.deleteMany).parameter(1).toEqualTypeOf<{ where: Filter }>();
    expectTypeOf(driver.deleteMany).returns.resolves.toBeNumber();
  });

  it('passes its own transaction type', () => {
    expectTypeOf(driver.beginTransaction).returns.resolves.toEqualTypeOf<DriverTransaction>();
    expectTypeOf(driver.commit).parameter(0).toEqualTypeOf<DriverTransaction>();
    expectTypeOf(driver.rollback).parameter(0).toEqualTypeOf<DriverTransaction>();
    expectTypeOf(driver.executeAtomic).returns.resolves.toEqualTypeOf<SqlResult[]>();
  });

  it('returns rows without an id from an aggregate query', () => {
    const groups = driver.find('account', {
      groupBy: ['status'],
      aggregations: [{ function: 'count', alias: 'n' }],
    });
    expectTypeOf(groups).resolves.toEqualTypeOf<ValueRow[]>();
    expectTypeOf(driver.find('account', { fields: ['status'], distinct: true })).resolves.toEqualTypeOf<
      ValueRow[]
    >();
    expectTypeOf(driver.findStream('account')).toEqualTypeOf<AsyncIterable<DataRecord>>();
    expectTypeOf(driver.explain).returns.resolves.toEqualTypeOf<QueryExplanation>();
  });

  it('nests transactions', () => {
    expectTypeOf(driver.beginTransaction).toBeCallableWith({ transaction: { id: 'x' } });
  });

  it('declares its capabilities', () => {
    expectTypeOf(driver.supports).toEqualTypeOf<DriverCapabilities>();
  });
});
