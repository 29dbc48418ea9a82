import { ObjectStackError } from './object-stack-error.js';

interface NotSupportedFacts {
  /** The unsupported feature. */
  readonly what: string;
  /** What will add support, or why nothing will. */
  readonly until: string;
}

const LOCAL = 'not planned: local files have none';

/** Every feature that is rejected with `not_supported`, and what will add support. */
export const NOT_SUPPORTED = {
  migrations: {
    what: 'A migration through a driver without atomic statements',
    until: 'a driver with this capability',
  },
  dialect: { what: 'A migration for a SQL dialect other than sqlite', until: 'a driver for that dialect' },
  query_joins: { what: 'A join in a query', until: 'not planned: expand follows lookups' },
  query_search: { what: 'Full-text search', until: 'not planned' },
  query_window_functions: { what: 'A window function', until: 'not planned' },
  query_alias_case: {
    what: 'A name in a row that differs from another only in case',
    until: 'not planned: SQLite ignores the case of names',
  },
  id_type_change: {
    what: 'Another idType of an object that is deployed already',
    until: 'not planned: deploy an object of another name, and import the records',
  },
  transaction_isolation: {
    what: 'A transaction isolation level other than serializable',
    until: 'not planned: SQLite has no other',
  },
  embedded_replica: {
    what: 'A file that is an embedded replica of a server',
    until: 'not planned: libSQL has open reports of corrupt replicas',
  },
  database_token: { what: 'An access token for a local database', until: LOCAL },
  database_copy: {
    what: 'A copy of a tenant on a data plane that cannot copy databases',
    until: 'a data plane with this capability',
  },
  point_in_time: {
    what: 'A restore to a point in time other than that of a backup that backupTenant made',
    until: 'a data plane with this capability',
  },
  platform_token: {
    what: 'Creating, blocking and limiting databases without a platform token',
    until: 'platformToken in the configuration of tursoCloud',
  },
  provisioning_template: {
    what: 'A template that is not configured',
    until: 'a bundle of this name in the option templates',
  },
  isolation_level: {
    what: 'An isolation level other than isolated_db',
    until: 'not planned',
  },
  database_provider: {
    what: 'A database provider other than that of the data plane',
    until: 'a data plane on that provider',
  },
} as const satisfies Record<string, NotSupportedFacts>;

export type NotSupportedFeature = keyof typeof NOT_SUPPORTED;

/** The `not_supported` error for a feature; `subject` names the value that was passed. */
export function notSupported(feature: NotSupportedFeature, subject?: string): ObjectStackError {
  const { what, until } = NOT_SUPPORTED[feature];
  return new ObjectStackError({
    code: 'not_supported',
    message: `${what} is not supported${subject ? ` (${subject})` : ''}.`,
    details: { feature, until, ...(subject && { subject }) },
  });
}
