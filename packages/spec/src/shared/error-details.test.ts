import { describe, expect, expectTypeOf, it } from 'vitest';
import { ErrorCodeEnum } from './error-code.zod.js';
import { COMMON_FACTS, ERROR_DETAILS, undeclaredFacts } from './error-details.js';
import { ERROR_FACTS, type ErrorFact } from './error-facts.zod.js';
import { ObjectStackError } from './object-stack-error.js';

describe('ERROR_DETAILS', () => {
  it('names the facts of every code, each once and none that every error can have', () => {
    expect(Object.keys(ERROR_DETAILS)).toEqual(ErrorCodeEnum.options);
    const common: ReadonlySet<ErrorFact> = new Set(COMMON_FACTS);
    for (const facts of Object.values<readonly ErrorFact[]>(ERROR_DETAILS)) {
      expect(new Set(facts).size).toBe(facts.length);
      expect(facts.filter((fact) => common.has(fact))).toEqual([]);
    }
  });

  it('has a code for every fact', () => {
    const used = new Set<ErrorFact>([...COMMON_FACTS, ...Object.values(ERROR_DETAILS).flat()]);
    expect(Object.keys(ERROR_FACTS).filter((fact) => !used.has(fact as ErrorFact))).toEqual([]);
  });
});

describe('details of an error', () => {
  it('have the types of the facts of its code', () => {
    const error: unknown = new ObjectStackError({
      code: 'plan_stale',
      message: 'x',
      details: { schemaHash: 'a' },
    });
    if (!ObjectStackError.isInstance(error, 'plan_stale', 'validation_failed')) throw error;
    expectTypeOf(error.details.schemaHash).toEqualTypeOf<string | undefined>();
    const made = new ObjectStackError({ code: 'seed_failed', message: 'x', details: { failed: 1 } });
    expectTypeOf(made.details.failed).toEqualTypeOf<number | undefined>();
    // @ts-expect-error The fact belongs to another code.
    made.details.schemaHash;
  });

  it('cannot be made of facts of other codes, spread or not', () => {
    const other = { schemaHash: 'a' };
    // @ts-expect-error The fact belongs to another code.
    const error = new ObjectStackError({ code: 'seed_failed', message: 'x', details: { ...other } });
    expect(undeclaredFacts(error)).toEqual(['schemaHash']);
  });
});

describe('undeclaredFacts', () => {
  it.each([
    { code: 'seed_failed', details: { failed: 1, statementIndex: 0 }, undeclared: [] },
    { code: 'seed_failed', details: { failed: undefined }, undeclared: [] },
    { code: 'seed_failed', details: { failed: '1' }, undeclared: ['failed'] },
    { code: 'aborted', details: { failed: 1, private: 2 }, undeclared: ['failed', 'private'] },
  ] as const)('of $details in $code are $undeclared', ({ code, details, undeclared }) => {
    expect(undeclaredFacts({ code, details })).toEqual(undeclared);
  });
});
