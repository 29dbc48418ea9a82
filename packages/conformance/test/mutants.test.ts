import { describe, expect, it } from 'vitest';
import { failuresOf, memorySuite } from './memory-suite.js';
import { MUTANTS, mutantOf } from './mutants.js';

/** Random operations cover all behaviors and detect most mutants too. */
const isAboutOneThing = (id: string) => !id.startsWith('data-driver/model/');

describe('a driver that differs from the reference implementation in one behavior', () => {
  it('there are at least forty', () => {
    expect(Object.keys(MUTANTS).length).toBeGreaterThanOrEqual(40);
  });

  it.concurrent.each(Object.keys(MUTANTS))(
    'fails only %s',
    async (name) => {
      expect(await failuresOf(memorySuite(mutantOf(name)), isAboutOneThing)).toEqual([`data-driver/${name}`]);
    },
    60_000,
  );

  it('is detected by random operations that reach it', async () => {
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
