import { describe, expect, it } from 'vitest';
import { field as change, text } from '../../../test/change-case.js';
import { createSqliteSchemaDiff } from '../schema-diff-service.js';

const { lint } = createSqliteSchemaDiff();
const backfill = { ...text, backfill: 'b' };

describe('backfillNotices', () => {
  it.each([
    ['is added to a field that stays optional', text, backfill, true],
    [
      'changes for a field that is already required',
      { ...backfill, required: true },
      { ...text, required: true, backfill: 'c' },
      true,
    ],
    ['is there as before', backfill, { ...backfill, label: 'A' }, false],
    ['fills a field that becomes required', text, { ...backfill, required: true }, false],
    ['fills a field that had no column', { type: 'formula' }, backfill, false],
    ['is removed', backfill, text, false],
  ])('reports a backfill that fills no record if it %s', (_what, before, after, isTold) => {
    const versions = change(before, after, []);
    const found = lint({ objects: versions.before }, { objects: versions.after });
    const told = found.filter(({ code }) => code === 'backfill_not_used');
    expect(told.map(({ object, field, risk }) => [object, field, risk])).toEqual(
      isTold ? [['thing', 'a', 'safe']] : [],
    );
  });
});
