import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';

const PACKAGES = new URL('../../../packages/', import.meta.url);

/** Directories under `packages` whose files are named after what they export. */
const AREAS = [
  'driver-turso/src/connection',
  'driver-turso/src/driver',
  'driver-turso/src/local',
  'driver-turso/src/migration',
  'driver-turso/src/schema',
  'driver-turso/src/sql',
  'runtime/src',
];

/** Files that export a set without a leading member, with the reason why it is one file. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  'driver-turso/src/driver/assert-arguments.ts': 'one short assertion for each kind of argument',
  'driver-turso/src/migration/diff/verified-plans.ts': 'which diffs and plans are verified, in one place',
  'driver-turso/src/migration/schema-diff-service.ts': 'named after the contract, ISchemaDiffService',
  'driver-turso/src/sql/sql-allow-list.ts': 'the lists of what raw SQL may contain, reviewed together',
  'runtime/src/fleet/control-rollout.ts': 'the calls that steer a rollout which exists',
  'runtime/src/fleet/error-budget.ts': 'how many tenants may fail: the check of a rollout and of its plan',
  'runtime/src/fleet/releases.ts': 'the calls on releases and channels',
  'runtime/src/index.ts': 'entry point of the package',
  'runtime/src/observe/log-call.ts': 'the lines that calls write to the logger',
  'runtime/src/observe/registry-events.ts': 'the events that writes to the registry cause',
  'runtime/src/opentelemetry/index.ts': 'entry point of a subpath',
  'runtime/src/postgres/index.ts': 'entry point of a subpath',
  'runtime/src/s3/index.ts': 'entry point of a subpath',
  'runtime/src/registry/index.ts': 'entry point of a subpath',
  'runtime/src/registry/deployment-table.ts': 'the statements on one table',
  'runtime/src/registry/copy-table.ts': 'the statements on one table',
  'runtime/src/registry/audit-table.ts': 'the statements on one table',
  'runtime/src/registry/tenant-leases.ts': 'the statements on the leases of tenants',
  'runtime/src/registry/template-table.ts': 'the statements on one table',
  'runtime/src/registry/pool-table.ts': 'the statements on one table',
  'runtime/src/registry/work-lease-table.ts': 'the statements on one table',
  'runtime/src/registry/step-table.ts': 'the statements on one table',
  'runtime/src/registry/member-table.ts': 'the statements on one table',
  'runtime/src/registry/quota-table.ts': 'the statements on usage and its reservations',
  'runtime/src/registry/tenant-table.ts': 'the statements on one table',
  'runtime/src/registry/fleet/fleet-rows.ts': 'conversions between the rows and records of the fleet',
  'runtime/src/registry/fleet/release-table.ts': 'the statements on one table',
  'runtime/src/registry/fleet/rollout-table.ts': 'the statements on one table',
  'runtime/src/registry/fleet/rollout-tenant-table.ts': 'the statements on one table',
  'runtime/src/registry/fleet/tenant-release-table.ts': 'the statements on one table',
  'runtime/src/seed/retain-records.ts': 'storage of one system table',
  'runtime/src/seed/replace-approval.ts': 'approval of what the mode replace removes',
  'runtime/src/seed/replace-preview.ts': 'preview of what the mode replace removes',
  'runtime/src/seed/seed-keys.ts': 'the ids and keys of seed sets and their records',
  'runtime/src/seed/seed-records.ts': 'storage of one system table',
};

const DECLARATION =
  /^export (?:declare )?(?:async )?(?:abstract )?(?:function\*?|class|const|let|interface|type|enum) +(\w+)/gm;
const LIST = /^export (?:type )?\{([^}]*)\}/gm;

function exportsOf(text: string): string[] {
  const declared = [...text.matchAll(DECLARATION)].map(([, name = '']) => name);
  const listed = [...text.matchAll(LIST)].flatMap(([, names = '']) =>
    names.split(',').map((name) => name.trim().split(/\s+/).at(-1) ?? ''),
  );
  return [...declared, ...listed];
}

/** `query-builder` names queryBuilder, QueryBuilder and QUERY_BUILDER. */
const plain = (name: string) => name.replace(/[-_]/g, '').toLowerCase();

const isNamedAfterExport = (file: string, text: string) =>
  exportsOf(text).some((name) => plain(name) === plain(posix.basename(file).replace(/(?:\.zod)?\.ts$/, '')));

const files = AREAS.flatMap((area) =>
  readdirSync(new URL(`${area}/`, PACKAGES), { recursive: true, encoding: 'utf8' })
    .map((file) => `${area}/${file.replaceAll('\\', '/')}`)
    .filter((file) => file.endsWith('.ts') && !/\.test(-d)?\.ts$/.test(file)),
);
const misnamed = files.filter(
  (file) => !isNamedAfterExport(file, readFileSync(new URL(file, PACKAGES), 'utf8')),
);

describe('a source file', () => {
  it('is named after one of its exports', () => {
    expect(misnamed.filter((file) => !Object.hasOwn(EXCEPTIONS, file))).toEqual([]);
  });

  it('is an exception only while it needs to be one', () => {
    expect(Object.keys(EXCEPTIONS).filter((file) => !misnamed.includes(file))).toEqual([]);
  });

  it.each([
    ['retry.ts', 'export async function retry() {}', true],
    ['tenant-marker.ts', 'export const TENANT_MARKER = 1;', true],
    ['plan.zod.ts', 'export type Plan = string;', true],
    ['a-b.ts', "export { type X, b as aB } from './b.js';", true],
    ['retry.ts', 'export const retries = 1;', false],
    ['retry.ts', 'function retry() {}', false],
  ])('%s with %s: %s', (file, text, expected) => {
    expect(isNamedAfterExport(file, text)).toBe(expected);
  });
});
