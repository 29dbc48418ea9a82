import type { IDataDriver } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import { HOSTILE_VALUES, sampleOf } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { object } from '../../test/database.js';
import { sharedSqld, transports } from '../../test/transports.js';

async function drain(records: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of records);
}

type AnyDriver = { [Name in keyof IDataDriver]: (...args: unknown[]) => unknown };

/** The arguments of each method, which are replaced one after the other. */
const CALLS: [keyof IDataDriver, unknown[]][] = [
  ['connect', [{}]],
  ['refresh', [{}]],
  ['execute', ['SELECT 1', [], {}]],
  ['executeAtomic', [[{ sql: 'SELECT 1' }], {}]],
  ['find', ['thing', {}, {}]],
  ['findStream', ['thing', {}, {}]],
  ['findOne', ['thing', {}, {}]],
  ['count', ['thing', {}, {}]],
  ['explain', ['thing', {}, {}]],
  ['create', ['thing', {}, {}]],
  ['update', ['thing', 'one', {}, {}]],
  ['upsert', ['thing', { id: 'one' }, ['id'], {}]],
  ['delete', ['thing', 'one', {}]],
  ['bulkCreate', ['thing', [{}], {}]],
  ['bulkUpdate', ['thing', [{ id: 'one', data: {} }], {}]],
  ['bulkDelete', ['thing', ['one'], {}]],
  ['updateMany', ['thing', { where: {} }, {}, {}]],
  ['deleteMany', ['thing', { where: { name: 'none' } }, {}]],
  ['beginTransaction', [{}]],
  ['commit', [{ id: 'none' }]],
  ['rollback', [{ id: 'none' }]],
  ['syncSchema', ['other', { name: 'other', fields: {} }, {}]],
  ['syncSchemasBatch', [[], {}]],
];

const server = sharedSqld();

/** One kind of database; all of them if tests are exhaustive. */
describe.each(sampleOf(transports(server), 3, 2))('hostile arguments on $name', ({ open }) => {
  it('are refused with a typed error, and leave the driver usable', async () => {
    const driver = await open();
    const methods = driver as unknown as AnyDriver;
    await driver.syncSchema('thing', object('thing', { name: { type: 'text' }, data: { type: 'json' } }));
    const raw: string[] = [];
    for (const [name, args] of CALLS) {
      for (let at = 0; at < args.length; at++) {
        for (const [what, make] of Object.entries(HOSTILE_VALUES)) {
          const place = `${name}, argument ${at}: ${what}`;
          const call = async () => {
            const answer = methods[name](...args.map((arg, index) => (index === at ? make() : arg)));
            if (name === 'findStream') await drain(answer as AsyncIterable<unknown>);
            else if (name === 'beginTransaction') await driver.rollback((await answer) as { id: string });
            else await answer;
          };
          await call().catch((error: unknown) => {
            if (!ObjectStackError.isInstance(error)) raw.push(`${place}: ${String(error)}`);
            else if (
              error.code === 'internal' ||
              (error.code === 'sql_error' && name !== 'execute' && name !== 'executeAtomic')
            )
              raw.push(`${place}: ${error.code}`);
            else if (/CANARY/.test(`${error.message} ${JSON.stringify(error)} ${String(error.cause)}`))
              raw.push(`${place}: leaks`);
          });
        }
      }
    }
    expect(raw).toEqual([]);
    expect(await driver.create('thing', { name: 'still here' })).toMatchObject({ name: 'still here' });
  });
});
