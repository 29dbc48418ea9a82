import { describe, expect, it } from 'vitest';
import { failuresOf, memorySuite } from './memory-suite.js';
import { MUTANTS, mutantOf } from './mutants.js';

/** Random operations are about everything at once, and notice most mutants too. */
const isAboutOneThing = (id: string) => !id.startsWith('data-driver/model/');

describe('a driver that differs from the reference in one thing', () => {
  it('does so in at least forty ways', () => {
    expect(Object.keys(MUTANTS).length).toBeGreaterThanOrEqual(40);
  });

  it.concurrent.each(Object.keys(MUTANTS))(
    'fails only %s',
    async (name) => {
      expect(await failuresOf(memorySuite(mutantOf(name)), isAboutOneThing)).toEqual([`data-driver/${name}`]);
    },
    60_000,
  );

  it('is noticed by random operations that come across it', async () => {
    const noticed: string[] = [];
    for (const name of Object.keys(MUTANTS)) {
      const failed = await failuresOf(memorySuite(mutantOf(name)), (id) => !isAboutOneThing(id));
      if (failed.length > 0) noticed.push(name);
    }
    expect(noticed).toEqual([
      'twice/update',
      'update/missing',
      'upsert/updates',
      'delete/answers',
      'bulk/create-in-order',
      'bulk/create-all-or-none',
      'many/delete-mistakes',
      'query/limit-and-offset',
    ]);
  }, 120_000);
});
