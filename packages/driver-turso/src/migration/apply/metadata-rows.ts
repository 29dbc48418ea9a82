import type { SqlStatement, SqlValue } from '@objectstack/spec/contracts';
import type { ObjectDefinition } from '@objectstack/spec/data';
import type { Steps } from '@objectstack/spec/shared';
import type { ComponentChange, DeployDiff, MigrationPlan } from '@objectstack/spec/system';
import { removeAdoptedForms } from '../../schema/adopted-forms.js';
import { definitionText } from '../../schema/definition-text.js';
import { memoizeFrozen, memoizeFrozenInSteps } from '../../schema/freeze-deeply.js';
import { canonicalJson } from '../../schema/hash-of.js';
import { flatMapSteps } from '../../schema/map-steps.js';
import { changesByObject } from '../diff/renames/changes-by-object.js';
import { placeholderName } from '../diff/renames/renamed-columns.js';
import { renameSteps, temporaryName } from '../plan/statements/rename-steps.js';
import {
  retainedTablesIn,
  rollbackInformationOf,
  rollbackInformationText,
} from '../rollback/rollback-information.js';
import { advanceAutonumberCounters } from './advance-autonumber-counters.js';
import { lineageOf, lineageRows } from './lineage-rows.js';
import { seedRecordRows } from './seed-record-rows.js';

/** Keeps a statement far below the limit of 32,766 bound values of SQLite. */
const ROWS_PER_STATEMENT = 500;

interface Rows {
  /** Columns whose values differ between rows, `id` first. */
  readonly columns: readonly string[];
  readonly rows: readonly (readonly SqlValue[])[];
  /** Values that all rows have. */
  readonly shared: Readonly<Record<string, SqlValue>>;
}

/**
 * Inserts or updates rows. One statement writes many rows and binds the shared values once, because preparing and
 * binding take longer than writing.
 */
function upsert(table: string, { columns, rows, shared }: Rows, now: string): SqlStatement[] {
  const stamped = { ...shared, created_at: now, updated_at: now };
  const all = [...columns, ...Object.keys(stamped)];
  const values = [...columns.map((_, index) => `column${index + 1}`), ...Object.keys(stamped).map(() => '?')];
  const changes = all.flatMap((column) =>
    column === 'id' || column === 'created_at' ? [] : [`${column} = excluded.${column}`],
  );
  const row = `(${columns.map(() => '?').join(', ')})`;
  const statements: SqlStatement[] = [];
  for (let start = 0; start < rows.length; start += ROWS_PER_STATEMENT) {
    const part = rows.slice(start, start + ROWS_PER_STATEMENT);
    const given = part.map(() => row).join(', ');
    statements.push({
      sql: `INSERT INTO ${table} (${all.join(', ')}) SELECT ${values.join(', ')} FROM (VALUES ${given}) WHERE true ON CONFLICT (id) DO UPDATE SET ${changes.join(', ')}`,
      args: [...Object.values(stamped), ...part.flat()],
    });
  }
  return statements;
}

/** Deletes rows by their ids. */
function remove(table: string, ids: readonly string[]): SqlStatement[] {
  if (ids.length === 0) return [];
  const sql = `DELETE FROM ${table} WHERE id IN (SELECT value FROM temp.json_each(?))`;
  return [{ sql, args: [JSON.stringify(ids)] }];
}

const rowsOfObjects = memoizeFrozenInSteps(({ objects }: DeployDiff) =>
  flatMapSteps(objects, ({ after }) => (after ? [[after.name, definitionText(after)]] : [])),
);

/** Removes old rows first and then writes new ones, because two objects may have swapped their names. */
function* objectRows(diff: DeployDiff, now: string): Steps<SqlStatement[]> {
  const { objects, owner } = diff;
  const removed = objects.flatMap(({ before, after }) =>
    before && before.name !== after?.name ? [before.name] : [],
  );
  const rows = yield* rowsOfObjects(diff);
  const written = { columns: ['id', 'definition'], rows, shared: { owner } };
  return [...remove('_os_object', removed), ...upsert('_os_object', written, now)];
}

const counterId = (object: string, field: string) => `${object}.${field}`;
const autonumbers = memoizeFrozen(({ fields }: ObjectDefinition) =>
  Object.entries(fields).flatMap(([name, { type }]) => (type === 'autonumber' ? [name] : [])),
);
const autonumbersOf = (definition: ObjectDefinition | undefined) =>
  definition ? autonumbers(definition) : [];

/**
 * New id of each counter: that of its renamed field, or a placeholder id of a removed one, which a rollback restores.
 */
const counterMoves = memoizeFrozenInSteps((diff: DeployDiff): Steps<[string, string][]> => {
  const changes = changesByObject(diff.fields);
  return flatMapSteps(diff.objects, ({ before, after, object }): [string, string][] => {
    const [previous, next] = [autonumbersOf(before), autonumbersOf(after)];
    if (previous.length + next.length === 0) return [];
    const fields = changes.get(object) ?? [];
    const names = new Map(fields.flatMap(({ field, former }) => (former ? [[former, field] as const] : [])));
    const taken = new Set(names.values());
    const nextName = (name: string) => names.get(name) ?? (taken.has(name) ? undefined : name);
    const remaining = new Set(previous.map(nextName));
    const moved = previous.flatMap((name): [string, string][] => {
      const [from, to] = [counterId(before?.name ?? object, name), nextName(name)];
      const remains = after !== undefined && to !== undefined && next.includes(to);
      return remains ? [[from, counterId(object, to)]] : [[from, placeholderName(from)]];
    });
    const restored = (diff.restores ? next : []).flatMap((name): [string, string][] => {
      const id = counterId(object, name);
      return remaining.has(name) ? [] : [[placeholderName(id), id]];
    });
    return [...moved, ...restored].filter(([from, to]) => from !== to);
  });
});

/** Condition for all counters of a field: a format with tokens has a counter for each of their values. */
const OF_FIELD = "(id = ? OR substr(id, 1, 1 + length(?)) = ? || ':')";

function* counterRows(diff: DeployDiff): Steps<SqlStatement[]> {
  const renames = renameSteps(new Map(yield* counterMoves(diff)), temporaryName);
  return renames.flatMap(({ from, to }) => [
    { sql: `DELETE FROM _os_sequence WHERE ${OF_FIELD}`, args: [to, to, to] },
    {
      sql: `UPDATE _os_sequence SET id = ? || substr(id, 1 + length(?)) WHERE ${OF_FIELD}`,
      args: [to, from, from, from, from],
    },
  ]);
}

const idOf = ({ kind, name }: ComponentChange) => `${kind}/${name}`;

const rowsOfComponents = memoizeFrozenInSteps(({ components }: DeployDiff) =>
  flatMapSteps(components, (change) => {
    const { kind, name, after } = change;
    return after ? [[idOf(change), kind, name, canonicalJson(after)]] : [];
  }),
);

function* componentRows(diff: DeployDiff, now: string): Steps<SqlStatement[]> {
  const { components, owner } = diff;
  const removed = components.filter(({ after }) => !after).map(idOf);
  const rows = yield* rowsOfComponents(diff);
  const written = { columns: ['id', 'kind', 'name', 'definition'], rows, shared: { owner } };
  return [...remove('_os_component', removed), ...upsert('_os_component', written, now)];
}

/** Statements that write the metadata of a diff. */
export function* metadataRows(diff: DeployDiff, now: string): Steps<SqlStatement[]> {
  return [
    ...(yield* objectRows(diff, now)),
    ...removeAdoptedForms((diff.normalized ?? []).map(({ before }) => before.name)),
    ...(yield* componentRows(diff, now)),
    ...(yield* counterRows(diff)),
    ...seedRecordRows(diff),
    ...(yield* advanceAutonumberCounters(diff, now)),
  ];
}

const undoOf = memoizeFrozenInSteps(function* (diff: DeployDiff): Steps<string> {
  return yield* rollbackInformationText(yield* rollbackInformationOf({ diff }));
});

/**
 * Writes the history entry of a plan with its rollback information, and deletes that of the deployment that it rolls back.
 */
export function* historyRows(plan: MigrationPlan, deploymentId: string, now: string): Steps<SqlStatement[]> {
  const undo = yield* undoOf(plan.diff);
  const columns =
    'id, plan_hash, bundle_checksum, bundle_version, base_schema_hash, target_schema_hash, statements, owner, rollback_of, undo, created_at, updated_at';
  return [
    ...(plan.diff.restores
      ? [
          {
            sql: 'UPDATE _os_deployment SET undo = NULL WHERE id = ?',
            args: [plan.diff.restores.deploymentId],
          },
        ]
      : []),
    {
      sql: `INSERT INTO _os_deployment (${columns}, sequence)
      SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, coalesce(max(sequence), 0) + 1 FROM _os_deployment`,
      args: [
        deploymentId,
        plan.planHash,
        plan.bundleChecksum ?? null,
        plan.bundleVersion ?? null,
        plan.baseSchemaHash,
        plan.targetSchemaHash,
        plan.statements.length,
        plan.diff.owner,
        plan.diff.restores?.deploymentId ?? null,
        undo,
        now,
        now,
      ],
    },
  ];
}

/** Statements that record until when the tables of removed data are retained. */
export function* retainedRows(
  plan: MigrationPlan,
  { deploymentId, now, until }: { deploymentId: string; now: string; until: string },
): Steps<SqlStatement[]> {
  const moves = lineageOf(plan.diff);
  const rows = (yield* retainedTablesIn(plan)).map(({ name, object }) => [name, moves.get(object) ?? object]);
  const shared = { deployment: deploymentId, expires_at: until };
  return [...lineageRows(plan.diff), ...upsert('_os_undo', { columns: ['id', 'object'], rows, shared }, now)];
}
