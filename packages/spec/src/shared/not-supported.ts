import { ObjectStackError } from './object-stack-error.js';

interface NotSupportedFacts {
  /** What is refused. */
  readonly what: string;
  /** What will remove the refusal, or why nothing will. */
  readonly until: string;
}

const TEMPLATES = 'template provisioning (ROADMAP phase 5)';
const TENANCY = 'multi-tenancy (ROADMAP phase 6)';
const LOCAL = 'nothing: files on a local disk have none';

/** Everything that is refused as `not_supported`, and what ends the refusal. */
export const NOT_SUPPORTED = {
  migrations: { what: 'Migrations through a driver that runs no atomic statements', until: 'such a driver' },
  dialect: { what: 'Migrations for another dialect than sqlite', until: 'a driver for that dialect' },
  query_joins: { what: 'Joins in a query', until: 'nothing planned: expand follows lookups' },
  query_search: { what: 'Full-text search', until: 'nothing planned' },
  query_window_functions: { what: 'Window functions', until: 'nothing planned' },
  transaction_isolation: {
    what: 'Another isolation of transactions than serializable',
    until: 'nothing planned: SQLite has no other',
  },
  embedded_replica: {
    what: 'A file that is an embedded replica of a server',
    until: 'nothing planned: libSQL has open reports of damaged replicas',
  },
  database_seed: { what: 'Creating a local database as a copy of another', until: TEMPLATES },
  database_token: { what: 'Access tokens of a local database', until: LOCAL },
  database_access: { what: 'Blocking reads or writes of a local database', until: LOCAL },
  provisioning_template: { what: 'Provisioning a tenant from a template', until: TEMPLATES },
  isolation_level: {
    what: 'Keeping tenants apart otherwise than by a database of their own',
    until: 'nothing planned',
  },
  database_provider: {
    what: 'A database at another provider than that of the data plane',
    until: 'a data plane on that provider',
  },
  quota_check: { what: 'Checking this quota', until: TENANCY },
  apps: { what: 'Installing, upgrading and removing apps', until: TENANCY },
} as const satisfies Record<string, NotSupportedFacts>;

export type NotSupportedFeature = keyof typeof NOT_SUPPORTED;

/** The `not_supported` error for a feature; `subject` names the thing it was asked for. */
export function notSupported(feature: NotSupportedFeature, subject?: string): ObjectStackError {
  const { what, until } = NOT_SUPPORTED[feature];
  return new ObjectStackError({
    code: 'not_supported',
    message: `${what} is not supported${subject ? ` (${subject})` : ''}.`,
    details: { feature, until, ...(subject && { subject }) },
  });
}
