import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { issuesOf } from './issues-of.js';

const Schema = z.object({ 'a/b': z.array(z.object({ '~': z.number() })) });

describe('issuesOf', () => {
  it('gives the code and the JSON Pointer of every issue', () => {
    const { error } = Schema.safeParse({ 'a/b': [{ '~': 1 }, { '~': 'secret' }] });
    const issues = error ? issuesOf(error) : [];
    expect(issues.map(({ path, code }) => `${code} ${path}`)).toEqual(['invalid_type /a~1b/1/~0']);
    expect(JSON.stringify(issues)).not.toContain('secret');
  });

  it('has an empty path for the whole input', () => {
    const { error } = Schema.safeParse(7);
    expect(error && issuesOf(error)[0]?.path).toBe('');
  });
});
