import type { IDataDriver } from '@objectstack/spec/contracts';
import type { ObjectDefinition } from '@objectstack/spec/data';
import type { MigrationPlan } from '@objectstack/spec/system';
import { expect } from 'vitest';
import { createSqliteSchemaDiff } from '../../src/migration/schema-diff-service.js';
import { desiredSchema } from '../../src/schema/desired-schema.js';
import { freshDatabase, planFor } from '../database.js';
import { losses } from '../rich-plans.js';
import { faultsIn, wholeState } from '../whole-state.js';

export const { applyMigrations, introspect, planRollback, runPreflight } = createSqliteSchemaDiff();

export const text = { type: 'text' };
export const number = { type: 'number' };
export const strict = { ...text, storage: { notNull: true } };
export const to = (reference: string, deleteBehavior?: string) => ({
  type: 'lookup',
  reference,
  deleteBehavior,
});

export type Records = Record<string, readonly Record<string, unknown>[]>;

/** A database with objects and records in it. */
export async function databaseWith(objects: readonly ObjectDefinition[], records: Records = {}) {
  const database = await freshDatabase(objects);
  for (const [name, rows] of Object.entries(records)) await database.driver.bulkCreate(name, [...rows]);
  return database;
}

export const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error) => error.code ?? String(error),
  );

/** Expects a rejection with the code and an unchanged database. */
export async function expectRefusal(driver: IDataDriver, code: string, work: () => Promise<unknown>) {
  const before = await wholeState(driver);
  expect(await codeOf(work())).toBe(code);
  expect(await wholeState(driver)).toEqual(before);
}

export async function applyAll(driver: IDataDriver, plan: MigrationPlan) {
  const { outcome } = await applyMigrations(driver, plan, { allow: losses(plan) });
  expect(outcome).toBe('applied');
}

/** Applies a plan with all changes approved, and expects the same state as a new deployment of the objects. */
export async function reach(driver: IDataDriver, after: readonly ObjectDefinition[]): Promise<MigrationPlan> {
  const plan = await planFor(driver, after);
  await applyAll(driver, plan);
  const { tables, objects } = desiredSchema({ objects: after });
  expect(await introspect(driver)).toMatchObject({ tables, objects });
  expect(await faultsIn(driver)).toEqual([]);
  expect((await planFor(driver, after)).statements).toEqual([]);
  return plan;
}

/** Values of a table in the order of its row ids. */
export async function valuesOf(
  driver: IDataDriver,
  table: string,
  ...columns: string[]
): Promise<unknown[][]> {
  const names = columns.map((column) => `"${column}"`).join(', ');
  const { rows } = await driver.execute(`SELECT ${names} FROM "${table}" ORDER BY _rowid_`);
  return rows.map((row) => columns.map((column) => row[column]));
}
