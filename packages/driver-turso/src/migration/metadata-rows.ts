import type { SqlStatement, SqlValue } from '@objectstack/spec/contracts';
import type { ObjectDefinition } from '@objectstack/spec/data';
import type { DeployDiff, MigrationPlan } from '@objectstack/spec/system';
import { definitionText } from '../schema/definition-text.js';
import { canonicalJson } from '../schema/hash.js';
import { renameSteps, TEMPORARY } from './rename-steps.js';
import { goneName } from './renamed-columns.js';
import { keptTablesIn, undoOf } from './undo.js';

const upsert = (
  table: string,
  columns: readonly string[],
  values: readonly SqlValue[],
  now: string,
): SqlStatement => {
  const all = ['id', ...columns, 'created_at', 'updated_at'];
  const changes = [...columns, 'updated_at'].map((column) => `${column} = excluded.${column}`).join(', ');
  return {
    sql: `INSERT INTO ${table} (${all.join(', ')}) VALUES (${all.map(() => '?').join(', ')}) ON CONFLICT (id) DO UPDATE SET ${changes}`,
    args: [...values, now, now],
  };
};

/** First what goes, then what comes: two objects may have swapped their names. */
function objectRows({ objects, owner }: DeployDiff, now: string): SqlStatement[] {
  const gone = objects.flatMap(({ before, after }) =>
    before && before.name !== after?.name
      ? [{ sql: 'DELETE FROM _os_object WHERE id = ?', args: [before.name] }]
      : [],
  );
  const there = objects.flatMap(({ after }) =>
    after
      ? [upsert('_os_object', ['owner', 'definition'], [after.name, owner, definitionText(after)], now)]
      : [],
  );
  return [...gone, ...there];
}

const counterId = (object: string, field: string) => `${object}.${field}`;
const autonumbersOf = (definition: ObjectDefinition | undefined) =>
  Object.entries(definition?.fields ?? {}).flatMap(([name, { type }]) =>
    type === 'autonumber' ? [name] : [],
  );

/** Where each counter goes: with its field, or out of the way, from where a way back fetches it. */
function counterMoves(diff: DeployDiff): [string, string][] {
  return diff.objects.flatMap(({ before, after, object }): [string, string][] => {
    const fields = diff.fields.filter((change) => change.object === object);
    const names = new Map(fields.flatMap(({ field, former }) => (former ? [[former, field] as const] : [])));
    const taken = new Set(names.values());
    const is = (name: string) => names.get(name) ?? (taken.has(name) ? undefined : name);
    const stays = new Set(autonumbersOf(before).map(is));
    const gone = autonumbersOf(before).flatMap((name): [string, string][] => {
      const [from, to] = [counterId(before?.name ?? object, name), is(name)];
      const staysHere = after !== undefined && to !== undefined && autonumbersOf(after).includes(to);
      return staysHere ? [[from, counterId(object, to)]] : [[from, goneName(from)]];
    });
    const back = autonumbersOf(diff.restores && after).flatMap((name): [string, string][] => {
      const id = counterId(object, name);
      return stays.has(name) ? [] : [[goneName(id), id]];
    });
    return [...gone, ...back].filter(([from, to]) => from !== to);
  });
}

function counterRows(diff: DeployDiff): SqlStatement[] {
  const steps = renameSteps(new Map(counterMoves(diff)), (index) => `${TEMPORARY}${index}`);
  return steps.flatMap(({ from, to }) => [
    { sql: 'DELETE FROM _os_sequence WHERE id = ?', args: [to] },
    { sql: 'UPDATE _os_sequence SET id = ? WHERE id = ?', args: [to, from] },
  ]);
}

function componentRows({ components, owner }: DeployDiff, now: string): SqlStatement[] {
  return components.map(({ kind, name, after }) => {
    const id = `${kind}/${name}`;
    if (!after) return { sql: 'DELETE FROM _os_component WHERE id = ?', args: [id] };
    return upsert(
      '_os_component',
      ['kind', 'name', 'owner', 'definition'],
      [id, kind, name, owner, canonicalJson(after)],
      now,
    );
  });
}

/** Statements that write the metadata of a diff. */
export function metadataRows(diff: DeployDiff, now: string): SqlStatement[] {
  return [...objectRows(diff, now), ...componentRows(diff, now), ...counterRows(diff)];
}

/** The row of a plan in the history, and what it takes to undo it: of the deployment before that is no longer known. */
export function historyRows(plan: MigrationPlan, deploymentId: string, now: string): SqlStatement[] {
  const columns =
    'id, plan_hash, bundle_checksum, bundle_version, base_schema_hash, target_schema_hash, statements, owner, rollback_of, undo, created_at, updated_at';
  return [
    { sql: 'UPDATE _os_deployment SET undo = NULL WHERE undo IS NOT NULL' },
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
  return keptTablesIn(plan).map(({ name, object }) =>
    upsert('_os_undo', ['deployment', 'object', 'expires_at'], [name, deploymentId, object, until], now),
  );
}
