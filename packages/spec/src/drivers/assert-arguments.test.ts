import { describe, expect, it } from 'vitest';
import { assertCallOptions, assertListOf, assertRecordData, assertRecordId } from './assert-arguments.js';

const invalid = (path: string) => expect.objectContaining({ code: 'invalid_request', details: { path } });

describe('assertRecordData', () => {
  it.each([null, 1, 'x', [], new Map(), Promise.resolve()])('rejects %o', (data) => {
    expect(() => assertRecordData(data)).toThrow(invalid('/data'));
  });
});

describe('assertRecordId', () => {
  it.each([null, 1, {}, 'a\0b'])('rejects %o', (id) => {
    expect(() => assertRecordId(id)).toThrow(invalid('/id'));
  });

  it('accepts a text', () => {
    expect(assertRecordId('a1')).toBeUndefined();
  });
});

describe('assertListOf', () => {
  it('rejects what is no list, a wrong item and a hole', () => {
    expect(() => assertListOf(new Set(), '/ids', assertRecordId)).toThrow(invalid('/ids'));
    expect(() => assertListOf(['a', 1], '/ids', assertRecordId)).toThrow(invalid('/ids/1'));
    expect(() => assertListOf(Array(1), '/ids', assertRecordId)).toThrow(invalid('/ids/0'));
  });
});

describe('assertCallOptions', () => {
  it('rejects what is no object, and a signal of another kind', () => {
    expect(() => assertCallOptions(null)).toThrow(invalid('/options'));
    expect(() => assertCallOptions({ signal: {} })).toThrow(invalid('/options/signal'));
    expect(assertCallOptions({ signal: AbortSignal.abort() })).toBeUndefined();
  });
});
