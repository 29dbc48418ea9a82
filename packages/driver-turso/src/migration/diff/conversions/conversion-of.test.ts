import type { Field } from '@objectstack/spec/data';
import { sampleOf } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { deploy, freshDatabase, object, planFor } from '../../../../test/database.js';
import { createSqliteSchemaDiff } from '../../schema-diff-service.js';

const list = { type: 'text', multiple: true };
const numbers = { type: 'number', multiple: true };

/** A type, a value of it, another type, and the converted value; undefined if the value does not fit. */
const CASES: [Record<string, unknown>, unknown, Record<string, unknown>, unknown][] = [
  [{ type: 'text' }, '12', { type: 'number' }, 12],
  [{ type: 'text' }, '-1.5e3', { type: 'number' }, -1500],
  [{ type: 'text' }, '1e999', { type: 'number' }, undefined],
  [{ type: 'text' }, '12a', { type: 'number' }, undefined],
  [{ type: 'text' }, '', { type: 'number' }, undefined],
  [{ type: 'text' }, '"1"', { type: 'number' }, undefined],
  [{ type: 'text' }, 'true', { type: 'boolean' }, true],
  [{ type: 'text' }, '0', { type: 'boolean' }, false],
  [{ type: 'text' }, 'yes', { type: 'boolean' }, undefined],
  [{ type: 'text' }, '2026-02-28', { type: 'date' }, '2026-02-28'],
  [{ type: 'text' }, '2026-02-30', { type: 'date' }, undefined],
  [{ type: 'text' }, '2026-1-1', { type: 'date' }, undefined],
  [{ type: 'text' }, '2026-01-31T10:20:30.123Z', { type: 'datetime' }, '2026-01-31T10:20:30.123Z'],
  [{ type: 'text' }, '2026-01-31', { type: 'datetime' }, undefined],
  [{ type: 'text' }, '23:59:59', { type: 'time' }, '23:59:59'],
  [{ type: 'text' }, '24:00:00', { type: 'time' }, undefined],
  [{ type: 'text' }, `it's "so"`, { type: 'json' }, `it's "so"`],
  [{ type: 'text' }, `it's "so"`, list, [`it's "so"`]],
  [{ type: 'text' }, 'x', { type: 'image' }, 'x'],
  [{ type: 'image' }, 'x', { type: 'text' }, 'x'],
  [{ type: 'image' }, { key: 'x' }, { type: 'image', multiple: true }, [{ key: 'x' }]],
  [{ type: 'image', multiple: true }, [{ key: 'x' }], { type: 'image' }, { key: 'x' }],
  [{ type: 'image', multiple: true }, [], { type: 'image' }, null],
  [{ type: 'image', multiple: true }, ['x', 'y'], { type: 'image' }, undefined],
  [{ type: 'vector' }, [1, 2], { type: 'vector', multiple: true }, [[1, 2]]],
  [{ type: 'json' }, 'a', { type: 'tags' }, ['a']],
  [{ type: 'boolean', multiple: true }, [], { type: 'text' }, null],
  [{ type: 'text' }, '2026-01-31T02:00:00+02:00', { type: 'date' }, '2026-01-31'],
  [{ type: 'text' }, '2026-01-31T10:00:00Z', { type: 'date' }, undefined],
  [{ type: 'date', multiple: true }, ['2026-01-31'], { type: 'json' }, ['2026-01-31']],
  [{ type: 'number' }, 12, { type: 'text' }, '12'],
  [{ type: 'number' }, -0.5, { type: 'text' }, '-0.5'],
  [{ type: 'number' }, 0.1 + 0.2, { type: 'text' }, '0.30000000000000004'],
  [{ type: 'number' }, 1, { type: 'boolean' }, true],
  [{ type: 'number' }, 2, { type: 'boolean' }, undefined],
  [{ type: 'number' }, 7, { type: 'json' }, 7],
  [{ type: 'number' }, 7, { type: 'date' }, undefined],
  [{ type: 'boolean' }, true, { type: 'text' }, 'true'],
  [{ type: 'boolean' }, false, { type: 'number' }, 0],
  [{ type: 'boolean' }, false, { type: 'json' }, false],
  [{ type: 'date' }, '2026-01-31', { type: 'datetime' }, '2026-01-31T00:00:00.000Z'],
  [{ type: 'date' }, '2026-01-31', { type: 'text' }, '2026-01-31'],
  [{ type: 'datetime' }, '2026-01-31T00:00:00.000Z', { type: 'date' }, '2026-01-31'],
  [{ type: 'datetime' }, '2026-01-31T00:00:01.000Z', { type: 'date' }, undefined],
  [{ type: 'time' }, '10:00:00', { type: 'datetime' }, undefined],
  [{ type: 'tags' }, ['one'], { type: 'text' }, 'one'],
  [{ type: 'tags' }, [], { type: 'text' }, null],
  [{ type: 'tags' }, ['one', 'two'], { type: 'text' }, undefined],
  [{ type: 'json' }, 'text', { type: 'text' }, 'text'],
  [{ type: 'json' }, { a: 1 }, { type: 'text' }, undefined],
  [{ type: 'location' }, { latitude: 1, longitude: 2 }, { type: 'text' }, undefined],
  [{ type: 'json' }, 5, { type: 'number' }, 5],
  [{ type: 'json' }, '5', { type: 'number' }, undefined],
  [{ type: 'json' }, true, { type: 'boolean' }, true],
  [{ type: 'json' }, '2026-01-31', { type: 'date' }, '2026-01-31'],
  [{ type: 'json' }, '2026-02-31', { type: 'date' }, undefined],
  [{ type: 'json' }, null, { type: 'text' }, null],
  [{ type: 'number', multiple: true }, [5], { type: 'number' }, 5],
  [{ type: 'number', multiple: true }, [5, 6], { type: 'number' }, undefined],
  [{ type: 'text' }, '1.50', { type: 'number' }, 1.5],
  [{ type: 'text' }, '1234567890123456.78', { type: 'number' }, undefined],
  [{ type: 'text' }, '10:20', { type: 'time' }, '10:20:00'],
  [{ type: 'text' }, '2026-01-31T10:20:30+02:00', { type: 'datetime' }, '2026-01-31T08:20:30.000Z'],
  [{ type: 'number' }, 4111111111111111, { type: 'text' }, '4111111111111111'],
  [{ type: 'number' }, 5, { type: 'tags' }, ['5']],
  [{ type: 'number' }, 0.1 + 0.2, numbers, [0.1 + 0.2]],
  [{ type: 'text' }, 'five', numbers, undefined],
  [{ type: 'text' }, '5', numbers, [5]],
  [{ type: 'boolean' }, true, { type: 'json', multiple: true }, [true]],
  [{ type: 'tags' }, ['5'], { type: 'number' }, 5],
  [{ type: 'tags' }, ['five'], { type: 'number' }, undefined],
  [{ type: 'tags' }, ['2', '0.30000000000000004'], numbers, [2, 0.1 + 0.2]],
  [{ type: 'tags' }, ['2', 'x'], numbers, undefined],
  [numbers, [2, 1e21], { type: 'tags' }, ['2', '1e+21']],
  [numbers, [1, 0], { type: 'boolean', multiple: true }, [true, false]],
  [numbers, [], { type: 'tags' }, []],
  [list, ['10:20'], { type: 'time', multiple: true }, ['10:20:00']],
  [list, ['a'], { type: 'json', multiple: true }, ['a']],
  [{ type: 'json' }, ['a', 'b'], { type: 'tags' }, ['a', 'b']],
  [{ type: 'json' }, ['a', 1], { type: 'tags' }, undefined],
  [{ type: 'json' }, { a: 1 }, { type: 'tags' }, undefined],
  [{ type: 'json' }, [0.1 + 0.2], numbers, [0.1 + 0.2]],
  [{ type: 'json' }, 0.1 + 0.2, { type: 'number' }, 0.1 + 0.2],
  [{ type: 'json' }, 'a\0b', { type: 'text' }, undefined],
  [{ type: 'json' }, 'a\\u0000', { type: 'text' }, 'a\\u0000'],
  [{ type: 'json' }, ['\ud800'], { type: 'tags' }, undefined],
];

describe('conversionOf', () => {
  it.each(sampleOf(CASES, 2))('%j %j to %j gives %j', async (from, value, to, expected) => {
    const thing = (field: Record<string, unknown>) =>
      object('thing', { value: field as Field & Record<string, unknown> });
    const { driver } = await freshDatabase([thing(from)]);
    const { id } = await driver.create('thing', { value });
    const { id: empty } = await driver.create('thing', {});
    const plan = await planFor(driver, [thing(to)]);
    const misfits = (await createSqliteSchemaDiff().runPreflight(driver, plan)).filter(({ checkId }) =>
      checkId.startsWith('misfits'),
    );
    if (expected === undefined) {
      expect(misfits).toMatchObject([{ rows: 1, samples: [id] }]);
      const error = await createSqliteSchemaDiff()
        .applyMigrations(driver, plan)
        .catch((thrown) => thrown);
      expect(error).toMatchObject({
        code: 'conversion_failed',
        details: { changeId: 'change_field:thing.value' },
      });
      expect((await driver.findOne('thing', { where: { id } }))?.value).toEqual(value);
      return;
    }
    expect(misfits.every(({ rows }) => rows === 0)).toBe(true);
    await createSqliteSchemaDiff().applyMigrations(driver, plan);
    expect((await driver.findOne('thing', { where: { id } }))?.value).toEqual(expected);
    expect((await driver.findOne('thing', { where: { id: empty } }))?.value).toBeNull();
    if (plan.diff.fields.every(({ code }) => code === 'BC303')) {
      await deploy(driver, [thing(from)]);
      expect((await driver.findOne('thing', { where: { id } }))?.value).toEqual(value);
    }
  });

  it('fills empty values with the default of a field that must not be empty', async () => {
    const strict = { type: 'text', storage: { notNull: true }, defaultValue: 'none' };
    const { driver } = await freshDatabase([object('thing', { a: { type: 'text' }, b: { type: 'number' } })]);
    const { id } = await driver.create('thing', {});
    await deploy(driver, [object('thing', { a: strict, b: strict })]);
    expect(await driver.findOne('thing', { where: { id } })).toMatchObject({ a: 'none', b: 'none' });
  });
});
