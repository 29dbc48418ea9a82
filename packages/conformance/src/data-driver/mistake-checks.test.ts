import { MISTAKE_OBJECTS, MISTAKES, ObjectDefinitionSchema } from '@objectstack/spec/data';
import { IS_EXHAUSTIVE } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { reportingLastMistake } from '../../test/last-mistake.js';
import { failuresOf, memorySuite } from '../../test/memory-suite.js';
import { mistakesOf } from '../reference/check-all.js';
import { MemoryDriver } from '../reference/memory-driver.js';
import { DATA_DRIVER_REQUIREMENTS } from './describe-data-driver.js';
import { MISTAKE_CHECKS } from './mistake-checks.js';

/** A driver with the objects of the suite. */
async function deployed(): Promise<MemoryDriver> {
  const driver = new MemoryDriver();
  await driver.connect();
  const definitions = Object.values(MISTAKE_OBJECTS).map((one) => ObjectDefinitionSchema.parse(one));
  await driver.syncSchemasBatch(definitions.map((definition) => ({ object: definition.name, definition })));
  return driver;
}

describe('MISTAKE_CHECKS', () => {
  it('has a requirement for each row of the table', () => {
    const rows = Object.entries(MISTAKES).flatMap(([group, { mistakes }]) =>
      mistakes.map(({ id }) => `data-driver/${group}-mistakes/${id}`),
    );
    expect(new Set(rows).size).toBe(rows.length);
    expect(Object.keys(DATA_DRIVER_REQUIREMENTS).filter((id) => id.includes('-mistakes/'))).toEqual(rows);
    expect(Object.keys(MISTAKE_CHECKS)).toHaveLength(Object.keys(MISTAKES).length);
  });

  it('accepts a driver that reports any of several mistakes, also for random operations', async () => {
    const isTried = (id: string) => /-mistakes\/|\/model\/same-answers$/.test(id);
    expect(await failuresOf(memorySuite(reportingLastMistake), (id) => IS_EXHAUSTIVE || isTried(id))).toEqual(
      [],
    );
  });

  it('knows several mistakes of one call', async () => {
    const driver = reportingLastMistake(await deployed());
    const wrong = { orderBy: [{ field: 'none' }], where: { nothing: 1, name: { $like: 'a' } } };
    await expect(driver.find('account', wrong as never)).rejects.toMatchObject({
      details: { path: '/where/name/$like' },
    });
    const error: unknown = await (await deployed()).find('account', wrong as never).catch((one) => one);
    expect(mistakesOf(error).map(({ details }) => details.path)).toEqual([
      '/orderBy/0/field',
      '/where/nothing',
      '/where/name/$like',
    ]);
  });
});
