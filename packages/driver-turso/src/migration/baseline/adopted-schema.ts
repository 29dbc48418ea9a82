import type { PlanBaselineOptions } from '@objectstack/spec/contracts';
import type { ObjectDefinition } from '@objectstack/spec/data';
import type { Steps } from '@objectstack/spec/shared';
import {
  type CurrentSchema,
  type DeployDiff,
  type Drift,
  type Table,
  type TableIndex,
  TENANT_OWNER,
} from '@objectstack/spec/system';
import { canonicalJson } from '../../schema/hash-of.js';
import { schemaHashSteps } from '../../schema/schema-hash-of.js';
import { sha256 } from '../../schema/sha256.js';
import { diffSteps } from '../diff/diff.js';
import { compareWithDeployed } from '../diff/drift/compare-with-deployed.js';
import { deployedTables } from '../diff/drift/find-drift.js';
import { projectTable } from '../diff/drift/project-table.js';
import { definitionsAfter, projectSchema } from '../diff/project-schema.js';

/*
 * A baseline asks what drift the database would have if the objects had been deployed to it. The metadata follows from a
 * diff in which their tables do not exist yet; the tables follow from the live ones, so that nothing is created but
 * indexes.
 */

/** A table that exists, and the table that its object would have been deployed as. */
export interface AdoptedTable {
  readonly definition: ObjectDefinition;
  readonly live: Table | undefined;
  readonly canonical: Table;
  /** Indexes that the object declares and the table lacks. */
  readonly missing: readonly TableIndex[];
}

/** What the adoption of a database comes to. */
export interface AdoptedSchema {
  /** Adds every object and component. Its tables are not created. */
  readonly added: DeployDiff;
  readonly tables: readonly AdoptedTable[];
  readonly drift: readonly Drift[];
  readonly targetSchemaHash: string;
  readonly planHash: string;
}

const folded = (name: string) => name.toLowerCase();

/** Live tables by the folded names of the objects, as SQLite ignores the case of names. */
function withoutTablesOf(current: CurrentSchema, desired: readonly ObjectDefinition[]): CurrentSchema {
  const names = new Set(desired.map(({ name }) => folded(name)));
  return { ...current, tables: current.tables.filter(({ name }) => !names.has(folded(name))) };
}

const lacks = (live: Table | undefined, index: TableIndex) =>
  live !== undefined && !live.indexes.some(({ name }) => name === index.name);

/** Compares a database in which nothing was deployed with the objects that are to describe it. */
export function* adoptedSchema(
  current: CurrentSchema,
  desired: readonly ObjectDefinition[],
  { components = [], bundle }: Pick<PlanBaselineOptions, 'components' | 'bundle'>,
): Steps<AdoptedSchema> {
  const added = yield* diffSteps(withoutTablesOf(current, desired), desired, { components });
  const definitions = definitionsAfter(added.objects);
  const objects = definitions.map((definition) => ({ owner: TENANT_OWNER, definition }));
  const described: CurrentSchema = { ...current, objects };
  const deployed = yield* deployedTables(described);
  const live = new Map(current.tables.map((table) => [folded(table.name), table]));
  const tables = definitions.map((definition): AdoptedTable => {
    const canonical = deployed.get(definition.name)?.table as Table;
    const found = live.get(folded(definition.name));
    return {
      definition,
      live: found,
      canonical,
      missing: canonical.indexes.filter((index) => lacks(found, index)),
    };
  });
  const target = yield* projectSchema(current, {
    objects: added.objects,
    components: added.components,
    owner: TENANT_OWNER,
    tables: new Map(
      tables.flatMap(({ live: table, canonical }) =>
        table ? [[canonical.name, projectTable(table, canonical, canonical)] as const] : [],
      ),
    ),
    renames: new Map(),
  });
  const targetSchemaHash = yield* schemaHashSteps(target);
  const hashed = { baseline: 1, baseSchemaHash: current.schemaHash, targetSchemaHash, bundle };
  return {
    added,
    tables,
    drift: yield* compareWithDeployed(described, deployed),
    targetSchemaHash,
    planHash: sha256(canonicalJson(hashed)),
  };
}
