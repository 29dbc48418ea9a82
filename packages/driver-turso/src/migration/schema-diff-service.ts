import type { ISchemaDiffService } from '@objectstack/spec/contracts';
import { introspect } from '../schema/introspect.js';
import { applyMigrations } from './apply-migrations.js';
import { diff } from './diff.js';
import { generateMigrations } from './generate-migrations.js';
import { eraseKept, sweepKept } from './kept-values.js';
import { planRollback } from './plan-rollback.js';
import { runPreflight } from './preflight.js';

/** Schema diff and migrations for libSQL. */
export const sqliteSchemaDiff: ISchemaDiffService = {
  introspect,
  diff,
  generateMigrations,
  runPreflight,
  applyMigrations,
  planRollback,
  sweepKept,
  eraseKept,
};
