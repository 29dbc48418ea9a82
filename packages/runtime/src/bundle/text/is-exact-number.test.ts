import { describe, expect, it } from 'vitest';
import { isExactNumber } from './is-exact-number.js';

const LONG = '0'.repeat(1_000_000);

describe('isExactNumber', () => {
  it.each([
    '0',
    '-0',
    '0.1',
    '1.50',
    '1e3',
    '1E+3',
    '-12.5e-1',
    '0.30000000000000004',
    '9007199254740991',
    '9007199254740992',
    '9007199254740994',
    '-9007199254740992',
    '1e23',
    '123456789012345680000',
    '12345678901234568e4',
    '1.7976931348623157e308',
    '5e-324',
    '0e999999999999999999999',
    '1e0000000000000000000000000001',
    `0.${LONG}1e1000001`,
    `1${LONG}e-1000000`,
    `1.${LONG}`,
  ])('accepts %.30s', (text) => {
    expect(isExactNumber(text)).toBe(true);
  });

  it.each([
    '9007199254740993',
    '-9007199254740993',
    '1254071346418286654',
    '0.1234567890123456789',
    '0.1000000000000000055511151231257827',
    '1e400',
    '-1e400',
    '1e-400',
    '5.1e-324',
    '1.79769313486231571e308',
    '10000000000000000.1',
    '1e99999999999999999999999',
    `1${LONG}1`,
    `0.${LONG}1`,
  ])('refuses %.30s', (text) => {
    expect(isExactNumber(text)).toBe(false);
  });

  it('accepts the text that JavaScript writes for any double', () => {
    const view = new DataView(new ArrayBuffer(8));
    let state = 0x9e3779b9;
    const next = () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state;
    };
    for (let run = 0; run < 20_000; run++) {
      view.setUint32(0, next());
      view.setUint32(4, next());
      const value = view.getFloat64(0);
      if (Number.isFinite(value)) expect(isExactNumber(JSON.stringify(value))).toBe(true);
    }
  });
});
