import { describe, expect, it } from 'vitest';
import { findingsOfField } from '../../../test/bundle-findings.js';

describe('checkMaskingRules', () => {
  it.each([
    [{ type: 'text', maskingRule: { strategy: 'hash' } }, []],
    [{ type: 'text', maskingRule: { field: 'subject', strategy: 'hash' } }, []],
    [
      { type: 'text', required: true, maskingRule: { strategy: 'nullify' } },
      ['warning invalid_value ./maskingRule'],
    ],
    [{ type: 'text', maskingRule: 'all' }, ['warning unknown_shape ./maskingRule']],
  ])('of %o finds %o', (field, findings) => {
    expect(findingsOfField(field)).toEqual(findings);
  });
});
