/** What the requirements of a platform service ask for, by group. */
export const TURSO_PLATFORM_SERVICE_GROUPS: Readonly<Record<string, string>> = {
  create: 'Creating databases: names, concurrency, isolation from each other.',
  seed: 'Creating a database as a copy of another one.',
  'point-in-time': 'Creating a database with an earlier state of another one.',
  list: 'Finding databases, by name and by group.',
  delete: 'Deleting and purging, each any number of times.',
  token: 'Access tokens: scope, lifetime, one database only.',
  revoke: 'Revoking all tokens of a database.',
  access: 'Blocking reads and writes.',
  size: 'Limiting the size of a database.',
  usage: 'Reporting the size of a database.',
  denied: 'Calls that need a capability that the platform does not declare.',
};
