import { expect } from 'vitest';
import { deploy, directClient, object, planFor } from '../database.js';
import { losses } from '../rich-plans.js';
import { rowsOf } from '../table-rows.js';
import {
  applyMigrations,
  databaseWith,
  expectRefusal,
  introspect,
  runPreflight,
  strict,
  text,
  to,
} from './checks.js';

/** Scenarios of rebuilt tables and the objects that refer to them. */
export const REBUILD_SCENARIOS = {
  async 'a rebuild under children'() {
    const children = ['cascade', 'set_null', 'restrict'].map((rule) =>
      object(rule, { parent: to('parent', rule) }),
    );
    const { driver, path } = await databaseWith(
      [object('parent', { name: text, rowid: text }), ...children],
      {
        parent: [{ name: 'a' }, { name: 'b' }, { name: 'c' }],
      },
    );
    await driver.deleteMany('parent', { where: { name: 'b' } });
    const parents = (await driver.find('parent')).map(({ id }) => ({ parent: id }));
    for (const { name } of children) await driver.bulkCreate(name, parents);
    const client = directClient(path);
    await client.execute('CREATE INDEX theirs ON parent (lower(name) DESC)');
    await client.execute('CREATE TRIGGER theirs_too AFTER DELETE ON parent BEGIN SELECT 1; END');
    const names = ['parent', ...children.map(({ name }) => name)].map((name) => ({ name }));
    const before = await rowsOf(path, names);
    await deploy(driver, [object('parent', { name: strict, rowid: text }), ...children]);
    expect(await rowsOf(path, names)).toEqual(before);
    const left = await driver.execute("SELECT name FROM sqlite_schema WHERE name LIKE '%tmp%'");
    expect(left.rows).toEqual([]);
    const parent = (await introspect(driver)).tables.find(({ name }) => name === 'parent');
    expect(parent).toMatchObject({ indexes: [{ name: 'theirs' }], triggers: [{ name: 'theirs_too' }] });
  },

  async 'empty values where none may be'() {
    const { driver } = await databaseWith([object('thing', { name: text })], { thing: [{}] });
    const plan = await planFor(driver, [object('thing', { name: strict })]);
    await expectRefusal(driver, 'not_null_violation', () => applyMigrations(driver, plan));
  },

  async 'an object in the place of another'() {
    const { driver } = await databaseWith(
      [object('old', { name: text }), object('other', { name: text }), object('child', { link: to('old') })],
      { old: [{ name: 'a' }], other: [{ name: 'b' }] },
    );
    await driver.create('child', { link: (await driver.find('old'))[0]?.id });
    const after = [
      object('old', { name: text }, { renamedFrom: 'other' }),
      object('child', { link: to('old') }),
    ];
    const plan = await planFor(driver, after);
    const findings = await runPreflight(driver, plan);
    expect(findings.find(({ checkId }) => checkId === 'orphans:child.link')).toMatchObject({ rows: 1 });
    await expectRefusal(driver, 'foreign_key_violation', () =>
      applyMigrations(driver, plan, { allow: losses(plan) }),
    );
  },
} as const;
