import type { IDataDriver } from '@objectstack/spec/contracts';
import type { ObjectDefinition } from '@objectstack/spec/data';
import { expect } from 'vitest';
import { createSqliteSchemaDiff } from '../../src/migration/schema-diff-service.js';
import { planFor } from '../database.js';

const service = createSqliteSchemaDiff();
type Plan = Awaited<ReturnType<typeof planFor>>;

export const driftOf = async (driver: IDataDriver) => service.findDrift(await service.introspect(driver));

/** The ids of all changes of the plan, which approve them. */
export const changeIdsOf = ({ diff: { objects, fields, indexes } }: Plan): string[] =>
  [...objects, ...fields, ...indexes].map(({ id }) => id);

async function apply(driver: IDataDriver, plan: Plan): Promise<Plan> {
  await service.applyMigrations(driver, plan, { allow: changeIdsOf(plan) });
  expect(await driftOf(driver)).toEqual([]);
  return plan;
}

/** Migrates to the objects with every change approved. The schema is then as recorded. */
export const migrateWithoutDrift = async (driver: IDataDriver, objects: readonly ObjectDefinition[]) =>
  apply(driver, await planFor(driver, objects));

/** Rolls the latest deployment back. The schema is then as recorded. */
export const rollBackWithoutDrift = async (driver: IDataDriver) =>
  apply(driver, await service.planRollback(driver));
