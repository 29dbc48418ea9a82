import type { ObjectDefinition } from '@objectstack/spec/data';
import type { Steps } from '@objectstack/spec/shared';
import type { CurrentSchema, Table, TableChange } from '@objectstack/spec/system';
import { columnNamed } from '../../../schema/column-named.js';
import type { ObjectIdTypes } from '../../../schema/id-types-of.js';
import { tableOf } from '../../../schema/table-of.js';
import { assertAsDeployed } from '../assert-as-deployed.js';
import { compareWithDeployed } from '../drift/compare-with-deployed.js';
import { deployedTables } from '../drift/find-drift.js';
import { projectTable } from '../drift/project-table.js';
import { matchRenames } from '../renames/match-renames.js';
import { acceptsForm } from './accepts-form.js';

/*
 * An adopted table keeps its declarations until they contradict the metadata of its object. The migration then begins by
 * rebuilding it in the form of deployments, so that everything after that, also a later rollback, is about a table that
 * a deployment could have created.
 */

/** The metadata that is to be deployed. */
export interface DesiredMetadata {
  readonly desired: readonly ObjectDefinition[];
  /** Deployed definitions by the names of the desired ones. */
  readonly former: ReadonlyMap<string, ObjectDefinition>;
  /** All objects afterwards. */
  readonly known: ObjectIdTypes;
  /** Deployed objects whose tables are renamed or dropped. */
  readonly moved: ReadonlySet<string>;
  /** Current names of the fields of each object in a rollback. */
  readonly predecessors: Readonly<Record<string, Readonly<Record<string, string | null>>>> | undefined;
}

const fieldsOf = ({ fields }: ObjectDefinition) => new Map(Object.entries(fields));

/** Whether the columns of the form remain the columns of the same fields. */
function keepsColumns(
  form: Table,
  before: ObjectDefinition,
  after: ObjectDefinition,
  known: DesiredMetadata,
) {
  const predecessors = matchRenames(
    fieldsOf(before),
    fieldsOf(after),
    known.predecessors && (known.predecessors[after.name] ?? {}),
  );
  // A removed field has no successor, and a field of another name may take the column.
  const moved = new Set([...predecessors].flatMap(([to, from]) => (to === from ? [] : [to, from])));
  return form.columns.every(({ name }) => !moved.has(name));
}

function keepsForm(form: Table, before: ObjectDefinition, metadata: DesiredMetadata): boolean {
  const { desired, former, known, moved } = metadata;
  if (form.foreignKeys.some(({ table }) => moved.has(table))) return false;
  const isDesired = desired.some(({ name }) => former.get(name) === before);
  if (!isDesired) return !moved.has(form.name);
  const after = desired.find(({ name }) => name === form.name);
  if (!after || former.get(after.name) !== before) return false;
  if (before === after) return true;
  const canonical = tableOf(after, known);
  return (
    form.columns.every(({ name }) => columnNamed(canonical, name)) &&
    keepsColumns(form, before, after, metadata) &&
    acceptsForm(form, { definition: after, canonical, known })
  );
}

/** A schema without the forms that the new metadata contradicts, and the tables that have them. */
interface NormalizedSchema {
  readonly schema: CurrentSchema;
  readonly normalized: readonly TableChange[];
}

/**
 * The schema from which the changes begin. Throws `schema_mismatch` if a table to be rebuilt was changed outside of a
 * deployment.
 */
export function* normalizeAdopted(
  current: CurrentSchema,
  metadata: DesiredMetadata,
): Steps<NormalizedSchema> {
  const forms = current.adopted ?? [];
  const definitions = new Map(current.objects.map(({ definition }) => [definition.name, definition]));
  const outdated = forms.filter((form) => {
    const before = definitions.get(form.name);
    return before !== undefined && !keepsForm(form, before, metadata);
  });
  if (outdated.length === 0) return { schema: current, normalized: [] };
  const deployed = yield* deployedTables(current);
  const drift = yield* compareWithDeployed(current, deployed);
  const live = new Map(current.tables.map((table) => [table.name, table]));
  const normalized = outdated.map(({ name }): TableChange => {
    assertAsDeployed(name, drift);
    const { table, known } = deployed.get(name) as { table: Table; known: ObjectIdTypes };
    const before = live.get(name) as Table;
    const canonical = tableOf(definitions.get(name) as ObjectDefinition, known);
    return { before, after: projectTable(before, table, canonical) };
  });
  const rebuilt = new Map(normalized.map(({ after }) => [after.name, after]));
  const { adopted, ...rest } = current;
  const left = forms.filter(({ name }) => !rebuilt.has(name));
  return {
    schema: {
      ...rest,
      tables: current.tables.map((table) => rebuilt.get(table.name) ?? table),
      ...(left.length > 0 && { adopted: left }),
    },
    normalized,
  };
}
