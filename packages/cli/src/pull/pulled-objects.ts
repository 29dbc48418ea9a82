import type { ObjectDefinition } from '@objectstack/spec/data';
import type { PullFinding } from '@objectstack/spec/system';
import { hasIntegerId } from './has-integer-id.js';
import type { PulledDatabase } from './introspect-database.js';
import { machineNames } from './machine-names.js';
import { nextStepOf } from './next-step-of.js';
import { objectOf } from './object-of.js';

/** The objects that describe the tables of a database, and everything that they do not express. */
export function pulledObjects(database: PulledDatabase): {
  readonly objects: readonly ObjectDefinition[];
  readonly findings: readonly PullFinding[];
} {
  const { views } = database.schema;
  const tables = database.schema.tables.filter(({ name }) => !database.virtual.has(name));
  const objectNames = machineNames(tables.map(({ name }) => name));
  const integerIds = new Set(
    tables.filter((table) => hasIntegerId(table, database)).map(({ name }) => name.toLowerCase()),
  );
  const results = tables.map((table) => objectOf(table, { database, objectNames, integerIds }));
  const ofVirtual = [...database.virtual].map(([table, kind]) => ({
    code: 'virtual_table' as const,
    table,
    message:
      kind === 'virtual'
        ? 'Virtual tables have no definition; the table was left out.'
        : 'The table stores the data of a virtual table; it was left out.',
    next: nextStepOf({ code: 'virtual_table' }),
  }));
  const ofViews = views.map(({ name }) => ({
    code: 'view' as const,
    table: name,
    message: 'SQL views have no definition; the view was left out.',
    next: nextStepOf({ code: 'view' }),
  }));
  return {
    objects: results.map(({ definition }) => definition),
    findings: [...results.flatMap(({ findings }) => findings), ...ofViews, ...ofVirtual],
  };
}
