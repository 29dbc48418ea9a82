import type { IDataDriver } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import { describe, expect, it, onTestFinished } from 'vitest';
import { object } from '../../test/database.js';
import { sharedSqld } from '../../test/transports.js';
import { createTursoDriver } from './create-turso-driver.js';
import { streamRecords } from './stream-records.js';

const server = sharedSqld();
const MAIL = object('mail', { number: { type: 'number' }, body: { type: 'html' } });
const LETTER = object('letter', {
  mail: { type: 'lookup', reference: 'mail' },
  mails: { type: 'lookup', reference: 'mail', multiple: true },
});
/** More than the server answers with at once, in a page of the first size. */
const CHARACTERS = 250_000;
const COUNT = 48;

async function filled(): Promise<{ driver: IDataDriver; ids: string[] }> {
  const { url, token } = await server().createDatabase();
  const driver = createTursoDriver({ url }, { authToken: token });
  await driver.connect();
  onTestFinished(() => driver.disconnect());
  await driver.syncSchemasBatch(
    [MAIL, LETTER].map((definition) => ({ object: definition.name, definition })),
  );
  const ids = Array.from({ length: COUNT }, (_, index) => `m${index}`);
  const instant = '2026-01-01T00:00:00.000Z';
  await driver.execute(
    `INSERT INTO mail (id, number, body, created_at, updated_at)
    SELECT value, key, hex(zeroblob(${CHARACTERS / 2})), ?, ? FROM json_each(?)`,
    [instant, instant, JSON.stringify(ids)],
  );
  return { driver, ids };
}

describe('answers larger than a server sends at once', () => {
  it('are streamed in pages that fit, inside a transaction too', async () => {
    const { driver } = await filled();
    for (const isInside of [false, true]) {
      const options = isInside ? { transaction: await driver.beginTransaction() } : {};
      const numbers: unknown[] = [];
      for await (const { number, body } of driver.findStream(
        'mail',
        { orderBy: [{ field: 'number', order: 'asc' }], offset: 1, limit: 46 },
        options,
      )) {
        expect(String(body)).toHaveLength(CHARACTERS);
        numbers.push(number);
      }
      expect(numbers).toEqual(Array.from({ length: 46 }, (_, index) => index + 1));
    }
  });

  it('are put into lookups, whether records refer to one or many of them', async () => {
    const { driver, ids } = await filled();
    await driver.create('letter', { mails: ids });
    const [letter] = await driver.find('letter', { expand: { mails: { fields: ['body'] } } });
    expect(letter?.mails).toMatchObject(ids.map((id) => ({ id })));
  });

  it('are refused by find with what to do', async () => {
    const { driver } = await filled();
    await expect(driver.find('mail')).rejects.toMatchObject({
      code: 'response_too_large',
      message: expect.stringContaining('findStream'),
    });
  });
});

describe('streamRecords', () => {
  it('asks for smaller pages down to one record, then rejects with the object', async () => {
    const asked: unknown[] = [];
    const source = {
      object: 'mail',
      assertAnswerable: async () => undefined,
      find: async ({ limit }: { limit?: number | undefined }) => {
        asked.push(limit);
        throw new ObjectStackError({ code: 'response_too_large', message: 'Too large.' });
      },
    };
    await expect(streamRecords(source, { limit: 9 }).next()).rejects.toMatchObject({
      code: 'response_too_large',
      details: { object: 'mail' },
    });
    expect(asked).toEqual([9, 5, 3, 2, 1]);
  });
});
