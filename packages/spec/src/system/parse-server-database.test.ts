import { describe, expect, it } from 'vitest';
import { FIXTURES } from '../../test/fixtures/index.js';
import { parseServerDatabase } from './parse-server-database.js';

const [valid] = FIXTURES.ServerDatabaseSchema?.valid ?? [];

describe('parseServerDatabase', () => {
  it('returns the record', () => {
    expect(parseServerDatabase(JSON.stringify(valid), 'servers')).toEqual(valid);
  });

  it.each(['', '{', '{}', JSON.stringify({ ...Object(valid), serverId: 1 })])(
    'rejects the text %j, and names the table',
    (text) => {
      expect(() => parseServerDatabase(text, 'servers')).toThrow(
        expect.objectContaining({ code: 'database_invalid', details: { table: 'servers' } }),
      );
    },
  );
});
