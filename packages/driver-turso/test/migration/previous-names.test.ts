import type { IDataDriver } from '@objectstack/spec/contracts';
import type { ObjectDefinition } from '@objectstack/spec/data';
import { describe, expect, it } from 'vitest';
import { createSqliteSchemaDiff } from '../../src/migration/schema-diff-service.js';
import { deploy, freshDatabase, object, planFor } from '../database.js';
import { losses } from '../rich-plans.js';
import { faultsIn } from '../whole-state.js';

const { applyMigrations, planRollback } = createSqliteSchemaDiff();
const text = { type: 'text' };
type Version = readonly ObjectDefinition[];

interface Story {
  readonly versions: readonly [Version, Version, Version];
  readonly expected: Readonly<Record<string, readonly (readonly unknown[])[]>>;
}

const PERSON = object('person', { name: text, alias: text });
const contact = object('contact', { name: text, alias: text }, { renamedFrom: 'person' });
const fullName = { full_name: { ...text, renamedFrom: 'name' }, alias: text };

const STORIES: Readonly<Record<string, Story>> = {
  'an object': {
    versions: [[PERSON], [contact], [contact, object('person', { name: text, alias: text })]],
    expected: { contact: [['Ann', 'A']], person: [] },
  },
  'a field': {
    versions: [
      [PERSON],
      [object('person', fullName)],
      [object('person', { ...fullName, name: { type: 'text', label: 'Short name' } })],
    ],
    expected: { person: [[null, 'A', 'Ann']] },
  },
  'a field of an object': {
    versions: [
      [PERSON],
      [object('contact', fullName, { renamedFrom: 'person' })],
      [object('contact', { ...fullName, name: text }, { renamedFrom: 'person' }), PERSON],
    ],
    expected: { contact: [[null, 'A', 'Ann']], person: [] },
  },
  'the first field of a chain': {
    versions: [
      [PERSON],
      [object('person', { name: { ...text, renamedFrom: 'alias' }, full_name: fullName.full_name })],
      [object('person', { name: { ...text, renamedFrom: 'alias' }, ...fullName })],
    ],
    expected: { person: [['A', null, 'Ann']] },
  },
};

async function recordsOf(driver: IDataDriver, names: readonly string[]) {
  const found: Record<string, unknown> = {};
  for (const name of names) {
    const rows = await driver.find(name);
    const fields = name === 'person' && rows.length === 0 ? [] : ['name', 'alias', 'full_name'];
    found[name] = rows.map((row) =>
      fields.filter((field) => field in row).map((field) => row[field] ?? null),
    );
  }
  return found;
}

async function tenant([first]: Story['versions']) {
  const { driver } = await freshDatabase(first);
  await driver.create('person', { name: 'Ann', alias: 'A' });
  return driver;
}

describe('a previous name that is used again', () => {
  it.each(Object.entries(STORIES))('leads every tenant to the same data: %s', async (_what, story) => {
    const [, second, third] = story.versions;
    const names = Object.keys(story.expected);
    for (const path of [[third], [second, third], [second, third, third]]) {
      const driver = await tenant(story.versions);
      for (const version of path) await deploy(driver, version);
      expect(await recordsOf(driver, names)).toEqual(story.expected);
      expect(await faultsIn(driver)).toEqual([]);
    }
  });

  it.each(Object.entries(STORIES))('is given back by a rollback: %s', async (_what, story) => {
    const driver = await tenant(story.versions);
    await deploy(driver, story.versions[2]);
    const back = await planRollback(driver);
    await applyMigrations(driver, back, { allow: losses(back) });
    expect(await recordsOf(driver, ['person'])).toEqual({ person: [['Ann', 'A']] });
    expect(await faultsIn(driver)).toEqual([]);
  });

  it('is refused where the deployed definitions do not tell whether the rename was applied', async () => {
    const { driver } = await freshDatabase([PERSON, object('contact', { name: text, alias: text })]);
    await expect(planFor(driver, [PERSON, contact])).rejects.toMatchObject({
      code: 'invalid_request',
      details: { name: 'contact', renamedFrom: 'person' },
    });
  });
});
