import type { IDataDriver } from '@objectstack/spec/contracts';
import type { DriverCapabilities } from '@objectstack/spec/data';
import type { Check, Checks } from '../kit/check.js';

export type Capability = keyof DriverCapabilities;

/** Context of a check. */
export interface DriverTrial {
  /** Connected driver with the objects of the suite and no records. */
  readonly driver: IDataDriver;
  /** Creates another connected driver on the same database. */
  readonly another: () => Promise<IDataDriver>;
  /** Creates a driver on its own database that was never connected. */
  readonly unconnected: () => Promise<IDataDriver>;
  /** Creates a driver like `driver`, on its own database. */
  readonly fresh: () => Promise<IDataDriver>;
  /** Seed of the random operations. */
  readonly seed: number;
}

type Run = (trial: DriverTrial) => Promise<void>;

export interface DriverCheck extends Check<DriverTrial, Capability> {
  /** Whether the check needs a second driver on the same database. */
  readonly needsAnother?: boolean;
  /** Whether the check opens a transaction, in addition to its capability. */
  readonly needsTransactions?: boolean;
}

export type DriverChecks = Checks<DriverTrial, Capability> & Readonly<Record<string, DriverCheck>>;

export function must(behavior: string, run: Run): DriverCheck {
  return { behavior, run };
}

/** Applies to drivers that declare the capability. */
export function ifCapable(capability: Capability, behavior: string, run: Run): DriverCheck {
  return { behavior, capability, run };
}

/** Applies if a database can have several drivers. */
export function withAnother(behavior: string, run: Run): DriverCheck {
  return { behavior, needsAnother: true, run };
}
