import { describe, expect, it } from 'vitest';
import { BASELINE_FINDING_CODES, BaselineFindingCodeEnum, BaselineResultSchema } from './baseline.zod.js';

describe('BaselineFindingCodeEnum', () => {
  it('has the codes of the table, each with its meaning in the description', () => {
    expect(BaselineFindingCodeEnum.options).toEqual(Object.keys(BASELINE_FINDING_CODES));
    for (const [code, meaning] of Object.entries(BASELINE_FINDING_CODES))
      expect(BaselineFindingCodeEnum.description).toContain(`${code}: ${meaning}`);
  });
});

describe('BaselineResultSchema', () => {
  it('has no tenant if nothing was adopted', () => {
    const refused = { outcome: 'refused', databaseName: 'shop', statements: [], findings: [] };
    expect(BaselineResultSchema.safeParse(refused).error?.issues.map(({ path }) => path)).toEqual([
      ['tenantId'],
      ['deploymentId'],
    ]);
  });
});
