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

/** Examples that are more readable than any fixture, by the name of the document. */
export const CHOSEN: Readonly<Record<string, unknown>> = {
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
  ProtocolVersion: '1',
  ConnectionUrl: 'libsql://acme.aws-us-east-1.turso.io',
  TursoConfig: { url: 'libsql://acme.aws-us-east-1.turso.io', requestTimeoutMs: 10_000 },
  Query: {
    where: { industry: 'trade', name: { $startsWith: 'R' } },
    orderBy: [{ field: 'name', order: 'desc' }],
    limit: 20,
  },
  Filter: { $or: [{ industry: { $in: ['trade', 'building'] } }, { parent: { $null: true } }] },
  TenantProvisioningRequest: { orgId: 'org_1', plan: 'pro', region: 'eu-west', requestKey: 'sign-up' },
};
