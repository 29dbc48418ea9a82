import type { SqlStatement, SqlValue } from '@objectstack/spec/contracts';
import type { ObjectDefinition } from '@objectstack/spec/data';
import type { ComponentChange, DeployDiff, MigrationPlan } from '@objectstack/spec/system';
import { definitionText } from '../../schema/definition-text.js';
import { canonicalJson } from '../../schema/hash-of.js';
import { once } from '../../schema/share.js';
import { goneName } from '../diff/renames/renamed-columns.js';
import { renameSteps, TEMPORARY } from '../plan/statements/rename-steps.js';
import { keptTablesIn, undoOf } from '../rollback/undo.js';
import { advanceCounters } from './autonumber-counters.js';
import { lineageOf, lineageRows } from './lineage-rows.js';
import { seedRecordRows } from './seed-record-rows.js';

/** So that a statement stays far below the 32,766 values that SQLite binds at once. */
const ROWS_AT_ONCE = 500;

interface Rows {
  /** What every row has of its own, its id first. */
  readonly columns: readonly string[];
  readonly rows: readonly (readonly SqlValue[])[];
  /** What all of them have. */
  readonly same: Readonly<Record<string, SqlValue>>;
}

/**
 * Writes rows. Many go in one statement, and what is the same in all is bound once: preparing and binding take longer than
 * writing.
 */
function upsert(table: string, { columns, rows, same }: Rows, now: string): SqlStatement[] {
  const stamped = { ...same, created_at: now, updated_at: now };
  const all = [...columns, ...Object.keys(stamped)];
  const values = [...columns.map((_, index) => `column${index + 1}`), ...Object.keys(stamped).map(() => '?')];
  const changes = all.flatMap((column) =>
    column === 'id' || column === 'created_at' ? [] : [`${column} = excluded.${column}`],
  );
  const row = `(${columns.map(() => '?').join(', ')})`;
  const statements: SqlStatement[] = [];
  for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
    const part = rows.slice(start, start + ROWS_AT_ONCE);
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

/** First what goes, then what comes: two objects may have swapped their names. */
function objectRows({ objects, owner }: DeployDiff, now: string): SqlStatement[] {
  const gone = objects.flatMap(({ before, after }) =>
    before && before.name !== after?.name ? [before.name] : [],
  );
  const rows = objects.flatMap(({ after }) => (after ? [[after.name, definitionText(after)]] : []));
  const there = { columns: ['id', 'definition'], rows, same: { owner } };
  return [...remove('_os_object', gone), ...upsert('_os_object', there, now)];
}

const counterId = (object: string, field: string) => `${object}.${field}`;
const autonumbers = once(({ fields }: ObjectDefinition) =>
  Object.entries(fields).flatMap(([name, { type }]) => (type === 'autonumber' ? [name] : [])),
);
const autonumbersOf = (definition: ObjectDefinition | undefined) =>
  definition ? autonumbers(definition) : [];

/** Where each counter goes: with its field, or out of the way, from where a way back fetches it. */
function counterMoves(diff: DeployDiff): [string, string][] {
  return diff.objects.flatMap(({ before, after, object }): [string, string][] => {
    const [was, will] = [autonumbersOf(before), autonumbersOf(after)];
    if (was.length + will.length === 0) return [];
    const fields = diff.fields.filter((change) => change.object === object);
    const names = new Map(fields.flatMap(({ field, former }) => (former ? [[former, field] as const] : [])));
    const taken = new Set(names.values());
    const is = (name: string) => names.get(name) ?? (taken.has(name) ? undefined : name);
    const stays = new Set(was.map(is));
    const gone = was.flatMap((name): [string, string][] => {
      const [from, to] = [counterId(before?.name ?? object, name), is(name)];
      const staysHere = after !== undefined && to !== undefined && will.includes(to);
      return staysHere ? [[from, counterId(object, to)]] : [[from, goneName(from)]];
    });
    const back = (diff.restores ? will : []).flatMap((name): [string, string][] => {
      const id = counterId(object, name);
      return stays.has(name) ? [] : [[goneName(id), id]];
    });
    return [...gone, ...back].filter(([from, to]) => from !== to);
  });
}

/** All counters of a field: a format with tokens has one for each of their values. */
const OF_FIELD = "(id = ? OR substr(id, 1, 1 + length(?)) = ? || ':')";

function counterRows(diff: DeployDiff): SqlStatement[] {
  const steps = renameSteps(new Map(counterMoves(diff)), (index) => `${TEMPORARY}${index}`);
  return steps.flatMap(({ from, to }) => [
    { sql: `DELETE FROM _os_sequence WHERE ${OF_FIELD}`, args: [to, to, to] },
    {
      sql: `UPDATE _os_sequence SET id = ? || substr(id, 1 + length(?)) WHERE ${OF_FIELD}`,
      args: [to, from, from, from, from],
    },
  ]);
}

function componentRows({ components, owner }: DeployDiff, now: string): SqlStatement[] {
  const idOf = ({ kind, name }: ComponentChange) => `${kind}/${name}`;
  const gone = components.filter(({ after }) => !after).map(idOf);
  const rows = components.flatMap((change) => {
    const { kind, name, after } = change;
    return after ? [[idOf(change), kind, name, canonicalJson(after)]] : [];
  });
  const there = { columns: ['id', 'kind', 'name', 'definition'], rows, same: { owner } };
  return [...remove('_os_component', gone), ...upsert('_os_component', there, now)];
}

/** Statements that write the metadata of a diff. */
export function metadataRows(diff: DeployDiff, now: string): SqlStatement[] {
  return [
    ...objectRows(diff, now),
    ...componentRows(diff, now),
    ...counterRows(diff),
    ...seedRecordRows(diff),
    ...advanceCounters(diff, now),
  ];
}

/** The row of a plan in the history with what it takes to undo it; for a deployment that it rolls back, that has no use any more. */
export function historyRows(plan: MigrationPlan, deploymentId: string, now: string): SqlStatement[] {
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
        JSON.stringify(undoOf(plan)),
        now,
        now,
      ],
    },
  ];
}

/** Rows that say until when what is taken away is kept. */
export function keptRows(
  plan: MigrationPlan,
  { deploymentId, now, until }: { deploymentId: string; now: string; until: string },
): SqlStatement[] {
  const moves = lineageOf(plan.diff);
  const rows = keptTablesIn(plan).map(({ name, object }) => [name, moves.get(object) ?? object]);
  const same = { deployment: deploymentId, expires_at: until };
  return [...lineageRows(plan.diff), ...upsert('_os_undo', { columns: ['id', 'object'], rows, same }, now)];
}
