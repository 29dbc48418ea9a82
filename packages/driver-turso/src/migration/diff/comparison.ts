import type { RollbackSource } from '@objectstack/spec/contracts';
import type { ObjectDefinition } from '@objectstack/spec/data';
import type { CurrentSchema, Drift } from '@objectstack/spec/system';
import type { KnownObjects } from './diff-fields.js';
import type { Deployed } from './drift/find-drift.js';

/** The deployed and the desired metadata as a whole, as context for comparing one table. */
export interface Comparison {
  readonly current: CurrentSchema;
  /** Deployed fields of the owner's objects. */
  readonly mine: ReadonlyMap<string, ObjectDefinition['fields']>;
  readonly desired: readonly ObjectDefinition[];
  /** Deployed definitions by the names of the desired ones. */
  readonly former: ReadonlyMap<string, ObjectDefinition>;
  readonly known: KnownObjects;
  /** Tables of all objects as they were deployed. */
  readonly deployed: ReadonlyMap<string, Deployed>;
  readonly drift: readonly Drift[];
  readonly rollback: RollbackSource | undefined;
}
