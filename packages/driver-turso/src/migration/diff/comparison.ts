import type { RollbackSource } from '@objectstack/spec/contracts';
import type { ObjectDefinition } from '@objectstack/spec/data';
import type { CurrentSchema, Drift } from '@objectstack/spec/system';
import type { KnownObjects } from './diff-fields.js';
import type { Deployed } from './drift/find-drift.js';

/** Both versions as a whole: what the comparison of one table needs to know besides its definitions. */
export interface Comparison {
  readonly current: CurrentSchema;
  /** Fields of the objects that are compared, as they are deployed. */
  readonly mine: ReadonlyMap<string, ObjectDefinition['fields']>;
  readonly desired: readonly ObjectDefinition[];
  /** Deployed definitions by the name of the desired one. */
  readonly former: ReadonlyMap<string, ObjectDefinition>;
  readonly known: KnownObjects;
  /** Tables of all objects as they were made. */
  readonly deployed: ReadonlyMap<string, Deployed>;
  readonly drift: readonly Drift[];
  readonly rollback: RollbackSource | undefined;
}
