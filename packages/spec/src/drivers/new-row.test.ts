import { describe, expect, it } from 'vitest';
import type { RecordViolation } from '../contracts/driver-call.js';
import { changedValues } from './changed-values.js';
import { decodeRow } from './decode-row.js';
import { newRow } from './new-row.js';
import { objectModel } from './object-model.js';

const TASK = objectModel({
  name: 'task',
  fields: {
    title: { type: 'text', required: true },
    done: { type: 'boolean', defaultValue: false },
    tags: { type: 'tags' },
    no: { type: 'autonumber' },
  },
});
const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe('newRow', () => {
  it('contains every stored field: encoded values, defaults, id and times', () => {
    const row = newRow(TASK, { title: 'Call', tags: ['a'] });
    expect(row).toEqual({
      ...{ id: expect.stringMatching(UUID_V7), title: 'Call', done: 0, tags: '["a"]', no: null },
      ...{ created_at: row.updated_at, updated_at: expect.stringMatching(/^\d{4}-.*Z$/) },
    });
    expect(decodeRow(TASK, row)).toMatchObject({ title: 'Call', done: false, tags: ['a'], no: null });
  });

  it('rejects values that violate rules, without the values', () => {
    const create = () => newRow(TASK, { done: 'secret' });
    expect(create).toThrow(
      expect.objectContaining({
        code: 'validation_failed',
        details: {
          object: 'task',
          violations: [
            { field: 'done', rule: 'type' },
            { field: 'title', rule: 'required' },
          ],
        },
      }),
    );
    expect(create).not.toThrow(/secret/);
  });

  it('reports what a system write is permitted', () => {
    const found: RecordViolation[] = [];
    newRow(TASK, { no: '7' }, { system: true, onViolation: (violation) => found.push(violation) });
    expect(found).toEqual([{ field: 'title', rule: 'required' }]);
    expect(newRow(TASK, { title: 'Call' }, { system: true })).toMatchObject({ title: 'Call' });
  });

  it('rejects values that are not an object', () => {
    const error = { code: 'invalid_request', details: { path: '/data' } };
    expect(() => newRow(TASK, [] as never)).toThrow(expect.objectContaining(error));
    expect(() => changedValues(TASK, new Map() as never)).toThrow(expect.objectContaining(error));
  });
});

describe('changedValues', () => {
  it('contains the given values and the time of the write only', () => {
    expect(changedValues(TASK, { done: true })).toEqual({ done: 1, updated_at: expect.any(String) });
  });

  it('rejects changes that violate rules', () => {
    expect(() => changedValues(TASK, { title: null, no: '7' })).toThrow(
      expect.objectContaining({ code: 'validation_failed' }),
    );
  });
});

describe('decodeRow', () => {
  it('returns undefined without a row', () => {
    expect(decodeRow(TASK, undefined)).toBeUndefined();
  });

  it('rejects a value that cannot be decoded with its object and field', () => {
    expect(() => decodeRow(TASK, { id: 't1', tags: '[' })).toThrow(
      expect.objectContaining({ code: 'database_invalid', details: { object: 'task', field: 'tags' } }),
    );
  });

  it('fills fields that the row does not have', () => {
    expect(decodeRow(TASK, { id: 't1' })).toMatchObject({ id: 't1', title: null, created_at: null });
  });
});
