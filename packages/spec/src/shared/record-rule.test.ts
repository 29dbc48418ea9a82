import { describe, expect, it } from 'vitest';
import { RecordRuleEnum } from './record-rule.zod.js';

describe('RecordRuleEnum', () => {
  it('has snake_case names', () => {
    expect(RecordRuleEnum.options).toHaveLength(12);
    expect(RecordRuleEnum.options.filter((rule) => !/^[a-z]+(_[a-z]+)*$/.test(rule))).toEqual([]);
  });
});
