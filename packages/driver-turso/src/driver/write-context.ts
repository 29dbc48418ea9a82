import type { DriverOptions, DriverQuotas } from '@objectstack/spec/contracts';
import type { Executor } from './executor.js';
import type { ObjectModel } from './object-model.js';

/** Dependencies of a single write. */
export interface WriteContext {
  readonly executor: Executor;
  readonly model: ObjectModel;
  readonly options: DriverOptions;
  /** Quotas of the write. */
  readonly quotas: DriverQuotas;
}
