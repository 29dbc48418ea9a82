import type { SqlStatement } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import { describe, expect, it } from 'vitest';
import { explainAtomic } from './explain-atomic.js';

const violation = new ObjectStackError({ code: 'foreign_key_violation', message: 'A foreign key.' });
const statements: SqlStatement[] = [{ sql: "INSERT INTO book VALUES ('b1', 'no-such-id')" }];
const hex = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('hex').toUpperCase();

/** What is thrown where the statements run again and the server answers with the guard. */
function thrownFor(guard: string, rows: Record<string, string | number>[] = []) {
  const runner = {
    atomic: async (_: unknown, { mode }: { mode: string }) => {
      if (mode === 'read') return [{ rows, rowsAffected: 0 }];
      throw new ObjectStackError({ code: 'plan_stale', message: 'A guard.', details: { guard } });
    },
  };
  const request = { foreignKeys: 'on', mode: 'write' } as const;
  const run = () => Promise.reject(violation);
  return explainAtomic(runner, { statements, request }, run).catch((error) => error);
}

describe('explainAtomic', () => {
  it('names the foreign key that more rows break than before', async () => {
    const guard = `OS_BROKEN_REFERENCE.${hex([
      ['loan', 'book', 'book', 2],
      ['book', 'author', 'author', 3],
    ])}`;
    const before = [
      { object: 'loan', field: 'book', target: 'book', count: 2 },
      { object: 'book', field: 'author', target: 'author', count: 2 },
    ];
    expect(await thrownFor(guard, before)).toMatchObject({
      code: 'foreign_key_violation',
      details: { object: 'book', field: 'author' },
    });
  });

  it.each([
    '',
    'OTHER.',
    'OS_BROKEN_REFERENCE.',
    'OS_BROKEN_REFERENCE.ZZ',
    ...[null, 1, {}, [null]].map(hex),
  ])('throws the error of the statements when the answer to them is %j', async (text) => {
    const guard = /^[0-9A-F]+$/.test(text) ? `OS_BROKEN_REFERENCE.${text}` : text;
    expect(await thrownFor(guard)).toBe(violation);
  });
});
