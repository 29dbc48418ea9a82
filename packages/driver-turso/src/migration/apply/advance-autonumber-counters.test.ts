import type { IDataDriver } from '@objectstack/spec/contracts';
import { runSteps } from '@objectstack/spec/shared';
import type { DeployDiff } from '@objectstack/spec/system';
import { describe, expect, it } from 'vitest';
import { deploy, freshDatabase, object } from '../../../test/database.js';
import { createSqliteSchemaDiff } from '../schema-diff-service.js';
import { advanceAutonumberCounters } from './advance-autonumber-counters.js';

const NUMBER = { type: 'autonumber', format: 'INV-{0000}', unique: true };
const invoice = (number: Record<string, unknown>, rest: Record<string, Record<string, unknown>> = {}) =>
  object('invoice', { number, p: { type: 'text' }, year: { type: 'number' }, ...rest });

async function nextNumber(driver: IDataDriver, data: Record<string, unknown> = {}) {
  await driver.refresh();
  return (await driver.create('invoice', data)).number;
}

async function rollBack(driver: IDataDriver) {
  const service = createSqliteSchemaDiff();
  const plan = await service.planRollback(driver);
  const allow = plan.statements.map(({ changeId }) => changeId);
  await service.applyMigrations(driver, plan, { allow });
  await driver.refresh();
}

describe('counters of autonumber fields', () => {
  it.each([true, false])(
    'follow the stored texts of a field that becomes one (unique: %s)',
    async (unique) => {
      const { driver } = await freshDatabase([invoice({ type: 'text', unique })]);
      for (const number of ['INV-0001', 'INV-0012', 'INV-', 'INV-x9', 'OTHER-0099', 'INV-0007b', null])
        await driver.create('invoice', { number });
      await deploy(driver, [invoice({ ...NUMBER, unique })]);
      expect(await nextNumber(driver)).toBe('INV-0013');
      expect(await nextNumber(driver)).toBe('INV-0014');
    },
  );

  it('follow the stored texts when the format changes, and never decrease', async () => {
    const { driver } = await freshDatabase([invoice(NUMBER)]);
    expect(await nextNumber(driver)).toBe('INV-0001');
    await driver.create('invoice', { number: 'R-0500/x' }, { system: true });
    await deploy(driver, [invoice({ ...NUMBER, format: 'R-{00}/x' })]);
    expect(await nextNumber(driver)).toBe('R-501/x');
  });

  it('follow the stored texts separately for each value of the tokens', async () => {
    const { driver } = await freshDatabase([invoice({ type: 'text' })]);
    for (const number of [
      "A'1-2026-003/202601",
      "A'1-2026-011/202601",
      "A'1-2026-002/202602",
      'B-2026-9/202601',
    ])
      await driver.create('invoice', { number, p: number.split('-')[0], year: 2026 });
    await deploy(driver, [invoice({ type: 'autonumber', format: '{p}-{year}-{000}/{YYYYMM}' })]);
    const { rows } = await driver.execute('SELECT id, last_value FROM _os_sequence ORDER BY id');
    expect(rows.map(({ id, last_value }) => [id, last_value])).toEqual([
      ["invoice.number:A'1-2026-{0}/202601", 11],
      ["invoice.number:A'1-2026-{0}/202602", 2],
      ['invoice.number:B-2026-{0}/202601', 9],
    ]);
  });

  it('move with a renamed field, including those of its token values', async () => {
    const { driver } = await freshDatabase([invoice({ type: 'autonumber', format: '{p}-{000}' })]);
    await driver.bulkCreate('invoice', [{ p: 'A' }, { p: 'A' }]);
    await driver.deleteMany('invoice', { where: {} });
    await deploy(driver, [
      object('invoice', {
        no: { type: 'autonumber', format: '{p}-{000}', renamedFrom: 'number' },
        p: { type: 'text' },
        year: { type: 'number' },
      }),
    ]);
    await driver.refresh();
    expect((await driver.create('invoice', { p: 'A' })).no).toBe('A-003');
  });

  it('follow the stored texts of a field that a rollback turns back into an autonumber', async () => {
    const { driver } = await freshDatabase([invoice(NUMBER)]);
    await driver.bulkCreate('invoice', [{}, {}]);
    await deploy(driver, [invoice({ type: 'text', unique: true })]);
    await driver.refresh();
    await driver.create('invoice', { number: 'INV-0003' });
    await rollBack(driver);
    expect(await nextNumber(driver)).toBe('INV-0004');
  });

  it('start at 1 for an added field, which leaves stored records without a number', async () => {
    const { driver } = await freshDatabase([object('invoice', { p: { type: 'text' } })]);
    await driver.create('invoice', { p: 'old' });
    await deploy(driver, [object('invoice', { p: { type: 'text' }, number: NUMBER })]);
    expect(await nextNumber(driver)).toBe('INV-0001');
    expect((await driver.findOne('invoice', { where: { p: 'old' } }))?.number).toBeNull();
  });
});

describe('advanceAutonumberCounters', () => {
  it('reads each change of a field once, however many objects have an autonumber', () => {
    const names = Array.from({ length: 20 }, (_, index) => `invoice_${index}`);
    const before = names.map((name) => object(name, { number: NUMBER }));
    const after = names.map((name) => object(name, { no: { ...NUMBER, renamedFrom: 'number' } }));
    const objects = names.map((name, index) => ({
      object: name,
      before: before[index],
      after: after[index],
    }));
    let reads = 0;
    const fields = names.map((name) => ({
      get object() {
        reads += 1;
        return name;
      },
      field: 'no',
      former: 'number',
    }));
    const diff = { objects, fields } as unknown as DeployDiff;
    expect(runSteps(advanceAutonumberCounters(diff, 'now'))).toEqual([]);
    expect(reads).toBe(names.length);
  });
});
