import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { issuesOf, summaryOf } from './issues-of.js';

const Schema = z.object({ 'a/b': z.array(z.object({ '~': z.number() })) });
const Request = z.strictObject({ orgId: z.string(), plan: z.enum(['free', 'pro']).optional() });

function found(schema: z.ZodType, value: unknown) {
  const { error } = schema.safeParse(value);
  return error ? issuesOf(error, { schema, value }) : [];
}

describe('issuesOf', () => {
  it('gives the code and the JSON Pointer of every issue, and no value', () => {
    const issues = found(Schema, { 'a/b': [{ '~': 1 }, { '~': 'secret' }] });
    expect(issues).toEqual([{ path: '/a~1b/1/~0', code: 'invalid_type', message: 'Expected a number.' }]);
  });

  it('has an empty path for the whole input', () => {
    expect(found(Schema, 7)[0]?.path).toBe('');
  });

  it('reports a misspelled key once, with the one that was probably meant', () => {
    expect(found(Request, { orgid: 'a' })).toEqual([
      {
        path: '/orgid',
        code: 'unrecognized_keys',
        message: 'The key orgid is unknown. Did you mean `orgId`?',
        suggestion: 'orgId',
      },
    ]);
  });
});

describe('summaryOf', () => {
  it('is the first issue with its place and the number of others', () => {
    const issues = found(Request, { orgId: 1, plan: 'fre' });
    expect(summaryOf(issues)).toBe('Expected text. (at /orgId) (and 1 more)');
    expect(summaryOf(issues.slice(1))).toBe('Expected one of free, pro. Did you mean `free`? (at /plan)');
    expect(summaryOf([])).toBe('');
  });
});
