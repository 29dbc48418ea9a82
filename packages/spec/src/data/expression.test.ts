import { describe, expect, it } from 'vitest';
import { issuePaths } from '../../test/issue-paths.js';
import { ExpressionSchema } from './expression.zod.js';

describe('ExpressionSchema', () => {
  it.each(['a + b', { source: 'a' }, { dialect: 'cron', source: '0 8 * * *', note: 'retained' }])(
    'returns %j unchanged',
    (value) => {
      expect(ExpressionSchema.parse(value)).toEqual(value);
    },
  );

  it.each([
    ['', { dialect: 'sql', source: 'a' }],
    ['', 7],
  ])('rejects an invalid %s: %j', (path, change) => {
    expect(issuePaths(ExpressionSchema, change)).toEqual([path]);
  });
});
