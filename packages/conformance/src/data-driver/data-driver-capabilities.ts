import { CAPABILITY_TABLE } from './capability-table.js';

/** What a driver without a capability does. */
export interface CapabilityMeaning {
  /** Calls that are rejected with `not_supported`. Absent if none is. */
  readonly rejects?: string;
  /** Other behavior that is permitted. */
  readonly otherwise?: string;
}

/** What a driver without each capability does, by the name of the capability. */
export const DATA_DRIVER_CAPABILITIES: Readonly<Record<string, CapabilityMeaning>> = Object.fromEntries(
  Object.entries(CAPABILITY_TABLE).map(([name, row]) => [
    name,
    'gates' in row ? { rejects: row.gates } : { otherwise: row.otherwise },
  ]),
);
