import type { IDataDriver } from '../contracts/data-driver.js';
import type { DataRecord } from '../contracts/driver-call.js';
import { rejection } from './rejection.js';

type Call<Method extends keyof IDataDriver> = IDataDriver[Method] extends (...call: infer Call) => unknown
  ? Call
  : never;

const denied = (feature: string) => rejection('not_supported', { feature });

/**
 * Base class of drivers, which rejects every call to an optional feature with `not_supported` unless a driver overrides
 * the method.
 */
export class DeniedFeatures {
  async beginTransaction(..._: Call<'beginTransaction'>): ReturnType<IDataDriver['beginTransaction']> {
    throw denied('transactions');
  }

  async commit(..._: Call<'commit'>): Promise<void> {
    throw denied('transactions');
  }

  /** Without transactions, there is nothing to roll back. */
  async rollback(..._: Call<'rollback'>): Promise<void> {}

  async bulkCreate(..._: Call<'bulkCreate'>): Promise<DataRecord[]> {
    throw denied('bulkCreate');
  }

  async bulkUpdate(..._: Call<'bulkUpdate'>): Promise<DataRecord[]> {
    throw denied('bulkUpdate');
  }

  async bulkDelete(..._: Call<'bulkDelete'>): Promise<void> {
    throw denied('bulkDelete');
  }

  findStream(..._: Call<'findStream'>): AsyncIterable<DataRecord> {
    const next = () => Promise.reject(denied('streaming'));
    return { [Symbol.asyncIterator]: () => ({ next }) };
  }

  async execute(..._: Call<'execute'>): ReturnType<IDataDriver['execute']> {
    throw denied('rawSql');
  }

  async executeAtomic(..._: Call<'executeAtomic'>): ReturnType<IDataDriver['executeAtomic']> {
    throw denied('migrations');
  }

  async syncSchema(..._: Call<'syncSchema'>): Promise<void> {
    throw denied('schemaSync');
  }

  async syncSchemasBatch(..._: Call<'syncSchemasBatch'>): Promise<void> {
    throw denied('batchSchemaSync');
  }
}
