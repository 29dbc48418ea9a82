import type { IDataDriver } from '@objectstack/spec/contracts';
import type { DriverCapabilities } from '@objectstack/spec/data';
import type { Check, Checks } from '../kit/check.js';

export type Capability = keyof DriverCapabilities;

/** What a check works with. */
export interface DriverTrial {
  /** Connected, with the objects of the suite deployed and no records. */
  readonly driver: IDataDriver;
  /** A further connected driver on the same database. */
  readonly another: () => Promise<IDataDriver>;
  /** A driver on a database of its own that was never connected. */
  readonly unconnected: () => Promise<IDataDriver>;
  /** Like `driver`, on a database of its own. */
  readonly fresh: () => Promise<IDataDriver>;
  /** Where the random operations of this run begin. */
  readonly seed: number;
}

type Run = (trial: DriverTrial) => Promise<void>;

export interface DriverCheck extends Check<DriverTrial, Capability> {
  /** Whether it takes a second driver on the same database. */
  readonly needsAnother?: boolean;
  /** Whether it opens a transaction, beside what its capability says. */
  readonly needsTransactions?: boolean;
}

export type DriverChecks = Checks<DriverTrial, Capability> & Readonly<Record<string, DriverCheck>>;

export function must(behavior: string, run: Run): DriverCheck {
  return { behavior, run };
}

/** Required of a driver that says it can. */
export function ifCapable(capability: Capability, behavior: string, run: Run): DriverCheck {
  return { behavior, capability, run };
}

/** Required where a database may have several drivers. */
export function withAnother(behavior: string, run: Run): DriverCheck {
  return { behavior, needsAnother: true, run };
}
