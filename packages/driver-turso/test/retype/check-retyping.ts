import { isDeepStrictEqual } from 'node:util';
import type { IDataDriver } from '@objectstack/spec/contracts';
import { checkValue, encodeValue, type Field, FieldSchema, fieldValueModel } from '@objectstack/spec/data';
import type { MigrationPlan } from '@objectstack/spec/system';
import { expect } from 'vitest';
import { createSqliteSchemaDiff } from '../../src/migration/schema-diff-service.js';
import { lossesOf } from '../change-case.js';
import { freshDatabase, object, planFor } from '../database.js';
import { CANDIDATES } from './candidates.js';
import { expected, type FieldType, isComputed, MISFIT, NOT_STORED, type Outcome } from './oracle.js';

const { applyMigrations, introspect, planRollback, runPreflight } = createSqliteSchemaDiff();
const REFERENCES = ['lookup', 'master_detail', 'tree', 'user'];

export const nameOf = ({ type, multiple }: FieldType) => `${type}${multiple ? '_list' : ''}`;
export const fieldOf = ({ type, multiple }: FieldType): Field =>
  FieldSchema.parse({
    type,
    ...(multiple && { multiple }),
    // Nothing of that name is deployed, so that any text is a reference.
    ...(REFERENCES.includes(type) && { reference: 'elsewhere' }),
  });

function isValid(field: Field, value: unknown): boolean {
  const model = fieldValueModel(field);
  return !('rule' in encodeValue(model.storage.encoding, value)) && checkValue(model, value).length === 0;
}

const shown = (value: unknown) => (typeof value === 'symbol' ? String(value) : JSON.stringify(value));

/** One object with a field for each target; all of them hold the same values before. */
class Retyping {
  readonly #source: FieldType;
  readonly #targets: readonly FieldType[];
  readonly values: readonly unknown[];
  readonly wrong: string[] = [];

  constructor(source: FieldType, targets: readonly FieldType[]) {
    this.#source = source;
    this.#targets = targets;
    this.values = isComputed(source)
      ? [null]
      : [...CANDIDATES.filter((value) => isValid(fieldOf(source), value)), null];
  }

  objects(of: (target: FieldType) => Field) {
    const fields = this.#targets.map((target) => [nameOf(target), { ...of(target) }] as const);
    return [object('thing', Object.fromEntries(fields))];
  }

  async fill(driver: IDataDriver): Promise<void> {
    const names = isComputed(this.#source) ? [] : this.#targets.map(nameOf);
    const record = (value: unknown) => Object.fromEntries(names.map((name) => [name, value]));
    await driver.bulkCreate('thing', this.values.map(record), { system: true });
  }

  /** The values of each field, by the place of their records. */
  async read(driver: IDataDriver): Promise<(field: FieldType) => readonly unknown[]> {
    const records = await driver.find('thing', { orderBy: [{ field: 'id' }], limit: 1_000 });
    return (field) => records.map((record) => record[nameOf(field)]);
  }

  expect(what: string, is: readonly unknown[], should: readonly unknown[]): void {
    for (const [index, value] of should.entries())
      if (!isDeepStrictEqual(is[index], value))
        this.wrong.push(
          `${nameOf(this.#source)} to ${what}: ${shown(is[index])} instead of ${shown(value)}, of ${shown(this.values[index])}`,
        );
  }

  async expectCounts(
    driver: IDataDriver,
    plan: MigrationPlan,
    outcomes: ReadonlyMap<FieldType, readonly Outcome[]>,
  ): Promise<void> {
    const findings = new Map((await runPreflight(driver, plan)).map(({ checkId, rows }) => [checkId, rows]));
    for (const [target, list] of outcomes)
      this.expect(
        `${nameOf(target)}, rows that do not fit`,
        [findings.get(`misfits:thing.${nameOf(target)}`) ?? 0],
        [list.filter((outcome) => outcome === MISFIT).length],
      );
  }
}

/** What a value is read as once what does not fit was given up. */
const readAs = (outcome: Outcome) =>
  outcome === MISFIT ? null : outcome === NOT_STORED ? undefined : outcome;

/** Changes a field of every target's name from the source to the target, and takes it back. Returns what went wrong. */
export async function checkRetyping(source: FieldType, targets: readonly FieldType[]) {
  const retyping = new Retyping(source, targets);
  const { driver } = await freshDatabase(
    retyping.objects(() => fieldOf(source)),
    { durability: 'normal' },
  );
  await retyping.fill(driver);
  const before = await retyping.read(driver);
  const outcomes = new Map(
    targets.map((target) => [target, before(target).map((value) => expected(value, source, target))]),
  );
  const plan = await planFor(driver, retyping.objects(fieldOf));
  await retyping.expectCounts(driver, plan, outcomes);

  const hasMisfits = [...outcomes.values()].flat().includes(MISFIT);
  const allowed = plan.diff.fields.filter(({ risk }) => risk === 'loses_data').map(({ id }) => id);
  if (hasMisfits) {
    await expect(applyMigrations(driver, plan, { allow: allowed })).rejects.toMatchObject({
      code: 'conversion_failed',
    });
    const still = await retyping.read(driver);
    for (const target of targets)
      retyping.expect(`${nameOf(target)}, refused`, still(target), before(target));
  }
  await applyMigrations(driver, plan, { allow: lossesOf(plan) });
  const after = await retyping.read(driver);
  for (const [target, list] of outcomes) retyping.expect(nameOf(target), after(target), list.map(readAs));

  const { deploymentId } = await introspect(driver);
  const back = await planRollback(driver, { deploymentId: deploymentId ?? '' });
  await applyMigrations(driver, back, { allow: lossesOf(back) });
  const again = await retyping.read(driver);
  for (const target of targets) retyping.expect(`${nameOf(target)} and back`, again(target), before(target));
  return { wrong: retyping.wrong, values: retyping.values.length };
}
