import type { SqlStatement, SqlValue } from '@objectstack/spec/contracts';
import type { DeployDiff, MigrationPlan } from '@objectstack/spec/system';
import { definitionText } from '../schema/definition-text.js';
import { canonicalJson } from '../schema/hash.js';

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

function objectRows({ objects, owner }: DeployDiff, now: string): SqlStatement[] {
  return objects.flatMap(({ before, after }) => [
    ...(before && before.name !== after?.name
      ? [{ sql: 'DELETE FROM _os_object WHERE id = ?', args: [before.name] }]
      : []),
    ...(after
      ? [upsert('_os_object', ['owner', 'definition'], [after.name, owner, definitionText(after)], now)]
      : []),
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
  return [...objectRows(diff, now), ...componentRows(diff, now)];
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
