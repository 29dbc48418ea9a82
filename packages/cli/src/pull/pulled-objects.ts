import type { ObjectDefinition } from '@objectstack/spec/data';
import type { PullFinding } from '@objectstack/spec/system';
import type { PulledDatabase } from './introspect-database.js';
import { machineNames } from './machine-names.js';
import { objectOf } from './object-of.js';

/** The objects that describe the tables of a database, and everything that they do not express. */
export function pulledObjects(database: PulledDatabase): {
  readonly objects: readonly ObjectDefinition[];
  readonly findings: readonly PullFinding[];
} {
  const { tables, views } = database.schema;
  const objectNames = machineNames(tables.map(({ name }) => name));
  const results = tables.map((table) => objectOf(table, { database, objectNames }));
  const ofViews = views.map(({ name }) => ({
    code: 'view' as const,
    table: name,
    message: 'SQL views have no definition; the view was left out.',
  }));
  return {
    objects: results.map(({ definition }) => definition),
    findings: [...results.flatMap(({ findings }) => findings), ...ofViews],
  };
}
