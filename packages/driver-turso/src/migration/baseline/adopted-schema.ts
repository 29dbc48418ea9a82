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
import { withAdoptedForm } from '../../schema/adopted-forms.js';
import { canonicalJson, isSameJson } from '../../schema/hash-of.js';
import { idTypesOf } from '../../schema/id-types-of.js';
import { schemaHashSteps } from '../../schema/schema-hash-of.js';
import { sha256 } from '../../schema/sha256.js';
import { structuredTable } from '../../schema/structured-table.js';
import type { AdoptedObject } from '../diff/adopted/accepts-form.js';
import { diffSteps } from '../diff/diff.js';
import { compareWithDeployed } from '../diff/drift/compare-with-deployed.js';
import { deployedTables } from '../diff/drift/find-drift.js';
import { projectTable } from '../diff/drift/project-table.js';
import { definitionsAfter, projectSchema } from '../diff/project-schema.js';
import { formToKeep } from './form-to-keep.js';
import { withTimestamps } from './with-timestamps.js';

/*
 * A baseline asks what drift the database would have if the objects had been deployed to it, apart from the declarations
 * that its tables may keep. The metadata follows from a diff in which their tables do not exist yet; the tables follow
 * from the live ones, so that nothing is created but indexes and timestamps.
 */

/** A table that exists, and the table that its object would have been deployed as. */
export interface AdoptedTable extends AdoptedObject {
  /** The table as it is, with the timestamps that the adoption adds. */
  readonly live: Table | undefined;
  /** Declarations that the table keeps; undefined if it has none but those of deployments. */
  readonly form: Table | undefined;
  /** Names of the timestamp columns that the adoption adds. */
  readonly added: readonly string[];
  /** Indexes that the object declares and the table lacks. */
  readonly missing: readonly TableIndex[];
  /** Indexes of the table that equal missing ones, except for their names. */
  readonly replaced: readonly TableIndex[];
}

/** What the adoption of a database comes to. */
export interface AdoptedSchema {
  /** Adds every object and component. Its tables are not created. */
  readonly added: DeployDiff;
  readonly tables: readonly AdoptedTable[];
  /** Declared forms that the history records. */
  readonly forms: readonly Table[];
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

const isEqualIndex = (one: TableIndex, other: TableIndex) =>
  isSameJson({ ...one, name: '' }, { ...other, name: '' });

function adoptedTable(object: AdoptedObject, found: Table | undefined): AdoptedTable {
  const { canonical } = object;
  const structured = found && structuredTable(found);
  const plain = structured?.sql === null ? structured : undefined;
  const { table: live, added } = plain ? withTimestamps(plain) : { table: found, added: [] };
  const form = plain && live && formToKeep(live, object);
  const missing = canonical.indexes.filter((index) => lacks(found, index));
  const replaced = (found?.indexes ?? []).filter((index) => missing.some((one) => isEqualIndex(one, index)));
  return { ...object, live, form, added, missing, replaced };
}

/** The live table without the indexes that the adoption replaces. */
const withoutReplaced = (table: Table, { replaced }: AdoptedTable): Table =>
  replaced.length === 0
    ? table
    : { ...table, indexes: table.indexes.filter((index) => !replaced.includes(index)) };

/** The live table as it is compared: in parts if it keeps declarations, otherwise as it was read. */
function comparedTable(found: Table, table: AdoptedTable): Table {
  const { form, live, added } = table;
  return withoutReplaced(form || added.length > 0 ? (live ?? found) : found, table);
}

/** Compares a database in which nothing was deployed with the objects that are to describe it. */
export function* adoptedSchema(
  current: CurrentSchema,
  desired: readonly ObjectDefinition[],
  { components = [], bundle }: Pick<PlanBaselineOptions, 'components' | 'bundle'>,
): Steps<AdoptedSchema> {
  const added = yield* diffSteps(withoutTablesOf(current, desired), desired, { components });
  const definitions = definitionsAfter(added.objects);
  const objects = definitions.map((definition) => ({ owner: TENANT_OWNER, definition }));
  const deployed = yield* deployedTables({ ...current, objects });
  const live = new Map(current.tables.map((table) => [folded(table.name), table]));
  const known = idTypesOf(definitions);
  const tables = definitions.map((definition): AdoptedTable => {
    const { table: canonical } = deployed.get(definition.name) as { table: Table };
    return adoptedTable({ definition, canonical, known }, live.get(folded(definition.name)));
  });
  const byName = new Map(tables.map((table) => [folded(table.definition.name), table]));
  const forms = tables.flatMap(({ form }) => form ?? []);
  const described: CurrentSchema = {
    ...current,
    objects,
    tables: current.tables.map((table) => {
      const adopted = byName.get(folded(table.name));
      return adopted ? comparedTable(table, adopted) : table;
    }),
  };
  const expected = new Map(
    tables.map(({ canonical, form }) => [canonical.name, { table: withAdoptedForm(canonical, form) }]),
  );
  const compared = new Map(described.tables.map((table) => [table.name, table]));
  const target = yield* projectSchema(current, {
    objects: added.objects,
    components: added.components,
    owner: TENANT_OWNER,
    tables: new Map(
      [...expected].flatMap(([name, { table }]) => {
        const found = compared.get(name);
        return found ? [[name, projectTable(found, table, table)] as const] : [];
      }),
    ),
    renames: new Map(),
  });
  const targetSchemaHash = yield* schemaHashSteps(target);
  const hashed = { baseline: 1, baseSchemaHash: current.schemaHash, targetSchemaHash, bundle };
  return {
    added,
    tables,
    forms,
    drift: yield* compareWithDeployed(described, expected),
    targetSchemaHash,
    planHash: sha256(canonicalJson(hashed)),
  };
}
