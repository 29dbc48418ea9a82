import { describe, expect, it } from 'vitest';
import { assertCall, assertTransactionOptions } from './assert-call.js';

const state = { isConnected: true, supports: { transactions: false } };
const rejected = (code: string, details: object = {}) => expect.objectContaining({ code, details });
const transaction = { id: 't1' };

describe('assertCall', () => {
  it('accepts a call with and without options', () => {
    expect(() => assertCall(state)).not.toThrow();
    expect(() => assertCall(state, { signal: new AbortController().signal })).not.toThrow();
  });

  it('rejects a call without a connection', () => {
    expect(() => assertCall({ ...state, isConnected: false })).toThrow(rejected('not_connected'));
  });

  it.each([
    [null, '/options'],
    [{ signal: {} }, '/options/signal'],
  ])('rejects the options %j', (options, path) => {
    expect(() => assertCall(state, options as never)).toThrow(rejected('invalid_request', { path }));
  });

  it('rejects a call that is aborted', () => {
    expect(() => assertCall(state, { signal: AbortSignal.abort() })).toThrow(rejected('aborted'));
  });

  it('rejects a transaction unless the driver declares transactions', () => {
    const denied = rejected('not_supported', { feature: 'transactions' });
    expect(() => assertCall(state, { transaction })).toThrow(denied);
    const supports = { transactions: true };
    expect(() => assertCall({ ...state, supports }, { transaction })).not.toThrow();
  });
});

describe('assertTransactionOptions', () => {
  const supports = { savepoints: false, isolationLevels: ['serializable' as const] };

  it('accepts what the driver declares', () => {
    const { isolationLevels } = supports;
    expect(() => assertTransactionOptions(supports, {})).not.toThrow();
    expect(() => assertTransactionOptions(supports, { isolationLevel: 'serializable' })).not.toThrow();
    const nested = { savepoints: true, isolationLevels };
    expect(() => assertTransactionOptions(nested, { transaction })).not.toThrow();
  });

  it('rejects a nested transaction without savepoints, and an undeclared isolation level', () => {
    const denied = (feature: string) => rejected('not_supported', { feature });
    expect(() => assertTransactionOptions(supports, { transaction })).toThrow(denied('savepoints'));
    const isolationLevel = 'read_committed';
    expect(() => assertTransactionOptions(supports, { isolationLevel })).toThrow(denied('isolationLevels'));
  });
});
