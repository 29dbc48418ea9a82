import type { SqlStatement, SqlValue } from '@objectstack/spec/contracts';
import type { DeployDiff, MigrationPlan } from '@objectstack/spec/system';
import { definitionText } from '../schema/definition-text.js';
import { canonicalJson } from '../schema/hash.js';
import { renameSteps, TEMPORARY } from './rename-steps.js';
import { renamedColumns, renamedObjects } from './renamed-columns.js';

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

/** New ids of the counters of autonumbers whose object or field has another name from now on. */
function counterRenames(diff: DeployDiff): [string, string][] {
  const formerObjects = new Map([...renamedObjects(diff)].map(([from, to]) => [to, from]));
  return diff.objects.flatMap(({ before, after, object }) => {
    if (!before || !after) return [];
    const columns = renamedColumns(diff.fields.filter((change) => change.object === object));
    return Object.entries(before.fields).flatMap(([name, { type }]): [string, string][] => {
      const was = counterId(formerObjects.get(object) ?? object, name);
      const is = counterId(object, columns.get(name) ?? name);
      return type === 'autonumber' && was !== is ? [[was, is]] : [];
    });
  });
}

function counterRows(diff: DeployDiff): SqlStatement[] {
  const steps = renameSteps(new Map(counterRenames(diff)), (index) => `${TEMPORARY}${index}`);
  return steps.map(({ from, to }) => ({
    sql: 'UPDATE _os_sequence SET id = ? WHERE id = ?',
    args: [to, from],
  }));
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

/** The row of a plan in the history. */
export function historyRow(plan: MigrationPlan, deploymentId: string, now: string): SqlStatement {
  const columns =
    'id, plan_hash, bundle_checksum, bundle_version, base_schema_hash, target_schema_hash, statements, created_at, updated_at';
  return {
    sql: `INSERT INTO _os_deployment (${columns}, sequence)
      SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, coalesce(max(sequence), 0) + 1 FROM _os_deployment`,
    args: [
      deploymentId,
      plan.planHash,
      plan.bundleChecksum ?? null,
      plan.bundleVersion ?? null,
      plan.baseSchemaHash,
      plan.targetSchemaHash,
      plan.statements.length,
      now,
      now,
    ],
  };
}
