import { describe, expect, it } from 'vitest';
import { autonumbersOf } from './autonumbers-of.js';
import { objectModel } from './object-model.js';

const INVOICE = objectModel({
  name: 'invoice',
  fields: {
    branch: { type: 'text' },
    no: { type: 'autonumber', format: '{branch}-{YYYY}-{000}' },
    plain: { type: 'autonumber' },
  },
});
const NOW = '2026-01-31T12:00:00.000Z';

describe('autonumbersOf', () => {
  it('returns the numbers to assign, each with its counter', () => {
    const numbers = autonumbersOf(INVOICE, { branch: 'B1', no: null, plain: null }, NOW);
    expect(numbers.map(({ field, scope, given, textOf }) => [field, scope, given, textOf(7)])).toEqual([
      ['no', 'B1-2026-{0}', undefined, 'B1-2026-007'],
      ['plain', '', undefined, '7'],
    ]);
  });

  it('returns given numbers with the counter of their own text', () => {
    const numbers = autonumbersOf(INVOICE, { branch: 'B1', no: 'B1-2025-012' }, NOW);
    expect(numbers.map(({ field, scope, given }) => [field, scope, given])).toEqual([
      ['no', 'B1-2025-{0}', 12],
      ['plain', '', undefined],
    ]);
  });

  it('leaves out given texts of another format', () => {
    const numbers = autonumbersOf(INVOICE, { branch: 'B1', no: 'free text', plain: 'x' }, NOW);
    expect(numbers).toEqual([]);
  });
});
