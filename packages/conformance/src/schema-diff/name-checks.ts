import assert from 'node:assert/strict';
import { fill } from './fill.js';
import { lookup, NUMBER, object, renamedFrom, STORED, TEXT } from './objects.js';
import { must, type SchemaDiffCheck, type SchemaDiffChecks } from './schema-diff-check.js';
import type { SchemaDiffTrial } from './schema-diff-trial.js';

const LONG = 'a'.repeat(55);

/** Names with a meaning in SQL or JavaScript, or that break carelessly written statements. */
const NAMES: Readonly<Record<string, readonly [what: string, names: readonly [string, string, string]]>> = {
  keywords: ['SQL keywords', ['order', 'group', 'select']],
  'more-keywords': ['more SQL keywords', ['table', 'index', 'values']],
  'row-ids': ['names of the row id', ['rowid', 'oid', 'main']],
  prototype: ['names that every JavaScript object inherits', ['constructor', 'prototype', 'tostring']],
  literals: ['words that look like values', ['null', 'current_date', 'current_user']],
  truth: ['the words for true and false', ['true', 'false', 'not']],
  long: ['names of maximum length with a common prefix', [`${LONG}_one`, `${LONG}_two`, `${LONG}_six`]],
};

/**
 * Creates objects and fields with the same three names, renames them in a cycle, rebuilds their tables, removes them
 * and rolls back.
 */
async function works(trial: SchemaDiffTrial, [one, two, three]: readonly [string, string, string]) {
  const before = [
    object(one, { [one]: STORED, [two]: NUMBER, [three]: { type: 'text', unique: true } }),
    object(two, { [one]: lookup(one), [three]: TEXT }),
  ];
  await trial.deploy(before);
  await fill(trial, before);
  const content = await trial.content();
  const turned = [
    object(
      two,
      {
        [two]: renamedFrom(one),
        [three]: renamedFrom(two, NUMBER),
        [one]: renamedFrom(three, { type: 'text', index: true }),
      },
      { renamedFrom: one },
    ),
    object(
      one,
      { [three]: lookup(two, { renamedFrom: one }), [one]: renamedFrom(three) },
      { renamedFrom: two },
    ),
  ];
  const desired = [...turned, object(three, { [three]: TEXT })];
  const plan = await trial.plan(desired);
  await trial.force(plan);
  assert.equal((await trial.introspect()).schemaHash, plan.targetSchemaHash);
  assert.deepEqual((await trial.plan(desired)).statements, []);
  const [first] = await trial.driver.find(two, { where: { id: `${one}_0` } });
  assert.deepEqual([first?.[two], first?.[three]], [`${one} "${one}" 0`, 1.5]);
  await trial.rollback();
  const again = await trial.content();
  assert.equal(again.schema.schemaHash, content.schema.schemaHash);
  assert.deepEqual(again.rows, content.rows);
  await trial.force(await trial.plan(before.slice(0, 1)));
  await trial.rollback();
  assert.deepEqual((await trial.content()).rows, content.rows);
}

const check = ([what, names]: (typeof NAMES)[string]): SchemaDiffCheck =>
  must(`${what} can be used as names of objects and fields`, (trial) => works(trial, names));

export const nameChecks: SchemaDiffChecks = {
  ...Object.fromEntries(Object.entries(NAMES).map(([name, entry]) => [name, check(entry)])),
  'component-keys': must('components preserve every JSON key and value', async (trial) => {
    const definition = JSON.parse(
      '{"constructor":{"prototype":1},"order":[null,"\'\\"\\u0000",1e21],"":{"$ref":"x"}}',
    );
    const components = [{ kind: 'flow' as const, name: 'constructor', definition }];
    await trial.deploy([], { components });
    assert.deepEqual((await trial.introspect()).components, [{ ...components[0], owner: 'tenant' }]);
    assert.deepEqual((await trial.diff([], { components })).components, []);
  }),
};
