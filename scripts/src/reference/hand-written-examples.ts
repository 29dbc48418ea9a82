const BASE = '5d41402abc4b2a76b9719d911017c592ae2f1b0f6f3f6f3f5d41402abc4b2a76';
const INSTANT = '2026-01-31T09:30:00.000Z';
const added = { change: 'added', risk: 'safe', code: 'SF001' };

const account = {
  name: 'account',
  label: 'Account',
  fields: {
    name: { type: 'text', required: true, maxLength: 80 },
    industry: {
      type: 'select',
      options: [
        { label: 'Trade', value: 'trade' },
        { label: 'Building', value: 'building' },
      ],
    },
    parent: { type: 'lookup', reference: 'account', deleteBehavior: 'set_null' },
  },
  indexes: [{ fields: ['industry', 'name'] }],
};

const accountList = {
  name: 'accounts',
  object: 'account',
  list: { type: 'grid', columns: ['name', 'industry'] },
};

const welcome = {
  name: 'welcome_account',
  label: 'Welcome an account',
  type: 'record_change',
  nodes: [
    { id: 'start', type: 'start', label: 'Start' },
    { id: 'end', type: 'end', label: 'End' },
  ],
  edges: [{ id: 'e1', source: 'start', target: 'end' }],
};

const sales = {
  name: 'sales',
  objects: { account: { allowCreate: true, allowRead: true, allowEdit: true } },
};

const accounts = {
  object: 'account',
  externalId: 'name',
  mode: 'upsert',
  records: [{ name: 'Rathmann' }, { name: 'Rathmann North', parent: 'Rathmann' }],
};

/** Examples that rules across properties, or readers, ask for; the rest are made. */
export const HAND_WRITTEN: Readonly<Record<string, unknown>> = {
  ObjectDefinition: account,
  Field: account.fields.industry,
  View: accountList,
  Flow: welcome,
  PermissionSet: sales,
  SeedDataset: accounts,
  DeployBundle: {
    manifest: { version: '1.0.0' },
    objects: [account],
    views: [accountList],
    flows: [welcome],
    permissions: [sales],
    seedData: [accounts],
  },
  AppManifest: { name: 'crm', namespace: 'crm', version: '1.0.0', objects: [account], seedData: [accounts] },
  SQLDialect: 'sqlite',
  TenantIsolationLevel: 'isolated_db',
  Query: {
    where: { industry: 'trade', name: { $startsWith: 'R' } },
    orderBy: [{ field: 'name', order: 'desc' }],
    limit: 20,
  },
  Filter: { $or: [{ industry: { $in: ['trade', 'building'] } }, { parent: { $null: true } }] },
  FieldOperators: { $gte: 1, $lt: 100 },
  ConnectionUrl: 'libsql://acme.aws-us-east-1.turso.io',
  VersionRange: '^1.2.0',
  Expression: 'record.amount > 100',
  ComponentChange: { id: 'add_view:accounts', ...added, kind: 'view', name: 'accounts', after: accountList },
  ObjectChange: { id: 'add_object:account', ...added, object: 'account', after: account },
  FieldChange: {
    id: 'add_field:account.industry',
    ...added,
    object: 'account',
    field: 'industry',
    after: account.fields.industry,
  },
  IndexChange: {
    id: 'add_index:account.ix_account_name',
    ...added,
    object: 'account',
    index: 'ix_account_name',
    after: {
      name: 'ix_account_name',
      unique: false,
      columns: [{ name: 'name', collation: 'BINARY', descending: false }],
      where: null,
      sql: null,
    },
  },
  DeployValidationResult: { valid: true, issues: [], errorCount: 0, warningCount: 0, checksum: BASE },
  TenantProvisioningResult: {
    tenantId: 'tenant_01',
    region: 'eu-west',
    plan: 'free',
    steps: [
      {
        name: 'create_database',
        status: 'completed',
        attempt: 1,
        startedAt: INSTANT,
        completedAt: '2026-01-31T09:30:00.012Z',
        durationMs: 12,
      },
    ],
    totalDurationMs: 31,
    status: 'active',
    connectionUrl: 'libsql://acme.aws-us-east-1.turso.io',
    provisionedAt: INSTANT,
  },
};
