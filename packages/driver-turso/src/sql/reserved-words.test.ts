import { createClient } from '@libsql/client';
import { describe, expect, it, onTestFinished } from 'vitest';
import { CONTEXTUAL_WORDS, RESERVED_WORDS } from './reserved-words.js';

describe('RESERVED_WORDS', () => {
  it('contains the words that SQLite does not accept as names', async () => {
    const client = createClient({ url: ':memory:' });
    onTestFinished(() => client.close());
    const isName = (word: string) =>
      client.execute(`CREATE TABLE ${word}(a)`).then(
        () => true,
        () => false,
      );
    for (const word of RESERVED_WORDS) expect([word, await isName(word)]).toEqual([word, false]);
    // `CREATE TABLE if` could continue with NOT EXISTS.
    for (const word of [...CONTEXTUAL_WORDS].filter((contextual) => contextual !== 'if'))
      expect([word, await isName(word)]).toEqual([word, true]);
  });
});
