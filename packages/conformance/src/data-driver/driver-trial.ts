import type { IDataDriver } from '@objectstack/spec/contracts';
import type { DriverCapabilities } from '@objectstack/spec/data';
import type { Check, Checks } from '../kit/check.js';

export type Capability = keyof DriverCapabilities;

/** Settings of the drivers that a suite creates. */
export interface DriverSettings {
  /**
   * Idle time after which a transaction is rolled back, in milliseconds. Given only to drivers of requirements that
   * wait for it, so that no requirement takes longer than a second. If absent, the default of the driver applies.
   */
  readonly transactionTimeoutMs?: number;
}

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
  /** Creates a driver, not connected, on something that is not a database. */
  readonly damaged: () => Promise<IDataDriver>;
  /** Seed of the random operations. */
  readonly seed: number;
  /** Number of sequences of random operations. */
  readonly randomSequences: number;
}

type Run = (trial: DriverTrial) => Promise<void>;

export interface DriverCheck extends Check<DriverTrial, Capability> {
  /** Capabilities that the check uses if the driver declares them, and does without otherwise. */
  readonly adaptsTo?: readonly Capability[];
  /**
   * Capabilities of each call that the check makes. It makes those whose capabilities the driver declares, and applies if
   * there is one. Absent if the check makes its calls in any case.
   */
  readonly usesOfCalls?: readonly (readonly Capability[])[];
  /** Whether the check needs a second driver on the same database. */
  readonly needsAnother?: boolean;
  /** Whether the check needs a driver on something that is not a database. */
  readonly needsDamaged?: boolean;
  /** Settings of the drivers of the check. */
  readonly settings?: DriverSettings;
}

export type DriverChecks = Checks<DriverTrial, Capability> & Readonly<Record<string, DriverCheck>>;

export function must(behavior: string, run: Run): DriverCheck {
  return { behavior, run };
}

/** Applies to drivers that declare the capability, or all of the capabilities. */
export function ifCapable(
  capabilities: Capability | readonly Capability[],
  behavior: string,
  run: Run,
): DriverCheck {
  return { behavior, capabilities: [capabilities].flat(), run };
}

/** Applies if a database can have several drivers. */
export function withAnother(behavior: string, run: Run): DriverCheck {
  return { behavior, needsAnother: true, run };
}

/** The check also uses these capabilities if the driver declares them. */
export function adapting(adaptsTo: readonly Capability[], check: DriverCheck): DriverCheck {
  return { ...check, adaptsTo };
}
