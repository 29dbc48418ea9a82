import { expect } from 'vitest';
import { deploy, object, planFor } from '../database.js';
import {
  applyAll,
  applyMigrations,
  databaseWith,
  expectRefusal,
  introspect,
  number,
  planRollback,
  reach,
  text,
  to,
  valuesOf,
} from './checks.js';

/** Scenarios of successful plans. */
export const CHANGE_SCENARIOS = {
  async additions() {
    const { driver } = await databaseWith([object('company', { name: text })], { company: [{ name: 'a' }] });
    const fields = {
      name: text,
      more: { ...text, index: true },
      code: { ...text, unique: true },
      main: to('project'),
    };
    const plan = await reach(driver, [object('company', fields), object('project', { title: text })]);
    expect([...new Set(plan.statements.map(({ kind }) => kind))]).toEqual([
      'create_table',
      'add_column',
      'create_index',
    ]);
    expect(await driver.find('company')).toMatchObject([{ name: 'a' }]);
    await driver.create('project', { title: 'p' });
  },

  async 'swapped names'() {
    const first = { x: { ...text, index: true }, y: text, link: to('second') };
    const { driver } = await databaseWith(
      [
        object('first', first, { indexes: [{ fields: ['y'], partial: `x = 'open'` }] }),
        object('second', { name: text }),
      ],
      { first: [{ x: 'open', y: '1' }], second: [{ name: 's' }] },
    );
    await driver.updateMany('first', { where: {} }, { link: (await driver.find('second'))[0]?.id });
    const swapped = {
      y: { ...text, index: true, renamedFrom: 'x' },
      x: { ...text, renamedFrom: 'y' },
      link: to('first'),
    };
    const indexes = [{ fields: ['x'], partial: `y = 'open'` }];
    const plan = await reach(driver, [
      object('second', swapped, { indexes, renamedFrom: 'first' }),
      object('first', { name: text }, { renamedFrom: 'second' }),
    ]);
    expect(plan.statements.some(({ kind }) => kind === 'rebuild_table')).toBe(false);
    expect([...new Set(plan.diff.indexes.map(({ change }) => change))]).toEqual(['renamed']);
    expect(await valuesOf(driver, 'second', 'x', 'y')).toEqual([['1', 'open']]);
  },

  async 'a rename and its rollback'() {
    const number = { type: 'autonumber', format: 'N{0}' };
    const { driver } = await databaseWith([object('old', { name: text, number })], { old: [{ name: 'a' }] });
    await reach(driver, [
      object(
        'fresh',
        { title: { ...text, renamedFrom: 'name' }, no: { ...number, renamedFrom: 'number' } },
        { renamedFrom: 'old' },
      ),
    ]);
    expect(await driver.create('fresh', {})).toMatchObject({ no: 'N2' });
    await applyAll(driver, await planRollback(driver));
    expect(await driver.create('old', {})).toMatchObject({ number: 'N3' });
    expect(await valuesOf(driver, 'old', 'name', 'number')).toEqual([
      ['a', 'N1'],
      [null, 'N2'],
      [null, 'N3'],
    ]);
  },

  async 'other types'() {
    const { driver } = await databaseWith(
      [object('event', { day: { type: 'date' } }), object('thing', { amount: text })],
      {
        event: [{ day: '2026-01-31' }],
        thing: [{ amount: '1.5' }, { amount: 'x' }],
      },
    );
    const after = [object('event', { day: { type: 'datetime' } }), object('thing', { amount: number })];
    const plan = await planFor(driver, after);
    await expectRefusal(driver, 'conversion_failed', () => applyMigrations(driver, plan));
    await reach(driver, after);
    expect(await valuesOf(driver, 'event', 'day')).toEqual([['2026-01-31T00:00:00.000Z']]);
    expect(await valuesOf(driver, 'thing', 'amount')).toEqual([[1.5], [null]]);
    await applyAll(driver, await planRollback(driver));
    expect(await valuesOf(driver, 'event', 'day')).toEqual([['2026-01-31']]);
    expect(await valuesOf(driver, 'thing', 'amount')).toEqual([['1.5'], ['x']]);
  },

  async 'components and labels'() {
    const { driver } = await databaseWith([object('thing', { name: text })]);
    const labeled = [object('thing', { name: { ...text, label: 'Name' } })];
    const view = (columns: string[]) => ({ kind: 'view' as const, name: 'all', definition: { columns } });
    const version = (await introspect(driver)).schemaVersion;
    for (const components of [[view(['a'])], [view(['b'])], []]) {
      await deploy(driver, labeled, { components });
      const owned = components.map((component) => ({ ...component, owner: 'tenant' }));
      expect((await introspect(driver)).components).toEqual(owned);
    }
    expect(await introspect(driver)).toMatchObject({
      schemaVersion: version,
      objects: [{ definition: labeled[0] }],
    });
  },
} as const;
