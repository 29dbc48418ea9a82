import type { DeployDiff, MigrationPlan, MigrationStatement } from '../src/system/index.js';

export const INSTANT = '2026-03-01T08:00:00.000Z';
export const LATER = '2026-03-01T08:00:01.500Z';
export const HASH = 'a'.repeat(64);
export const OTHER_HASH = 'b'.repeat(64);

export const problem = {
  type: 'urn:objectstack:error:plan_stale',
  title: 'The database has changed since the plan was created.',
  status: 409,
  detail: 'Another deployment came first.',
  code: 'plan_stale',
  retryable: false,
} as const;

export const sealed = {
  algorithm: 'aes-256-gcm',
  keyId: 'k1',
  nonce: 'AAAAAAAAAAAAAAAA',
  ciphertext: 'c2VjcmV0IQ==',
  tag: 'AAAAAAAAAAAAAAAAAAAAAA==',
} as const;

export const diff: DeployDiff = {
  owner: 'tenant',
  baseSchemaHash: HASH,
  targetSchemaHash: OTHER_HASH,
  objects: [],
  fields: [],
  indexes: [],
  tables: [],
  removed: [],
  components: [],
  notices: [],
  drift: [],
  knownObjects: ['account'],
};

export const statement: MigrationStatement = {
  order: 0,
  kind: 'create_table',
  changeId: 'add_object:account',
  sql: 'CREATE TABLE "account" ("id" TEXT PRIMARY KEY)',
  args: [],
  risk: 'safe',
  explanation: 'Creates the table of account.',
  reversible: true,
  rollback: [{ sql: 'DROP TABLE "account"', args: [] }],
};

export const plan: MigrationPlan = {
  protocolVersion: '1',
  dialect: 'sqlite',
  bundleChecksum: HASH,
  bundleVersion: '1.0.0',
  baseSchemaHash: HASH,
  targetSchemaHash: OTHER_HASH,
  diff,
  statements: [statement],
  preflight: [],
  drift: [],
  reversible: true,
  planHash: OTHER_HASH,
};
