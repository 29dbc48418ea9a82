import type { Field } from '@objectstack/spec/data';
import { describe, expect, it } from 'vitest';
import { object } from '../../../test/database.js';
import { desiredSchema } from '../../schema/desired-schema.js';
import { diff } from './diff.js';

const EMPTY = desiredSchema({ objects: [] });
const task = (due: Partial<Field>) => object('task', { due: { type: 'date', ...due } });
const refusal = (code: string, key: string) =>
  expect.objectContaining({
    code: 'invalid_request',
    details: {
      object: 'task',
      issues: [expect.objectContaining({ code, path: `/fields/due/${key}` })],
    },
  });
const INSTANT = '2026-01-31T00:00:00Z';

describe('assertFitting', () => {
  it.each<[keyof Field, string]>([
    ['defaultValue', 'invalid_default'],
    ['backfill', 'invalid_backfill'],
  ])('rejects an instant as the %s of a date', (key, code) => {
    expect(() => diff(EMPTY, [task({ [key]: INSTANT })])).toThrow(refusal(code, key));
    expect(diff(EMPTY, [task({ [key]: '2026-01-31' })]).objects).toHaveLength(1);
    const deployed = desiredSchema({ objects: [task({})] });
    expect(() => diff(deployed, [task({ [key]: INSTANT })])).toThrow(refusal(code, key));
  });

  it('accepts a field that is deployed unchanged', () => {
    const deployed = desiredSchema({ objects: [task({ defaultValue: INSTANT })] });
    expect(diff(deployed, [task({ defaultValue: INSTANT })]).fields).toEqual([]);
    expect(() => diff(deployed, [task({ defaultValue: INSTANT, label: 'Due' })])).toThrow(
      refusal('invalid_default', 'defaultValue'),
    );
  });
});
