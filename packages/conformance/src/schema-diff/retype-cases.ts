export type FieldFacts = Readonly<Record<string, unknown>>;
/** A change of a field type. */
export interface Retyping {
  readonly from: FieldFacts;
  readonly to: FieldFacts;
  /** Values, each with its expected conversion. */
  readonly fits: readonly (readonly [unknown, unknown])[];
  readonly misfits?: readonly unknown[];
}

const type = (name: string, rest: FieldFacts = {}): FieldFacts => ({ type: name, ...rest });
const MIDNIGHT = '2026-01-31T00:00:00.000Z';
const LATER = '2026-01-31T10:20:30.123Z';

export const RETYPINGS: Readonly<Record<string, Retyping>> = {
  'text-to-number': {
    from: type('text'),
    to: type('number'),
    fits: [
      ['12', 12],
      ['-1.5e3', -1500],
    ],
    misfits: ['12a', '', '1e999', '"1"'],
  },
  'number-to-text': {
    from: type('number'),
    to: type('text'),
    fits: [
      [12, '12'],
      [-0.5, '-0.5'],
      [0.1 + 0.2, '0.30000000000000004'],
    ],
  },
  'text-to-boolean': {
    from: type('text'),
    to: type('boolean'),
    fits: [
      ['true', true],
      ['0', false],
    ],
    misfits: ['yes', '2'],
  },
  'boolean-to-text': {
    from: type('boolean'),
    to: type('text'),
    fits: [
      [true, 'true'],
      [false, 'false'],
    ],
  },
  'number-to-boolean': {
    from: type('number'),
    to: type('boolean'),
    fits: [
      [1, true],
      [0, false],
    ],
    misfits: [2, 0.5],
  },
  'boolean-to-number': {
    from: type('boolean'),
    to: type('number'),
    fits: [
      [true, 1],
      [false, 0],
    ],
  },
  'text-to-date': {
    from: type('text'),
    to: type('date'),
    fits: [['2026-02-28', '2026-02-28']],
    misfits: ['2026-02-30', '2026-1-1', 'soon'],
  },
  'date-to-text': { from: type('date'), to: type('text'), fits: [['2026-01-31', '2026-01-31']] },
  'date-to-datetime': { from: type('date'), to: type('datetime'), fits: [['2026-01-31', MIDNIGHT]] },
  'datetime-to-date': {
    from: type('datetime'),
    to: type('date'),
    fits: [[MIDNIGHT, '2026-01-31']],
    misfits: [LATER],
  },
  'text-to-datetime': {
    from: type('text'),
    to: type('datetime'),
    fits: [[LATER, LATER]],
    misfits: ['2026-01-31', '2026-02-31T10:20:30.123Z'],
  },
  'text-to-time': {
    from: type('text'),
    to: type('time'),
    fits: [['23:59:59', '23:59:59']],
    misfits: ['24:00:00', 'noon'],
  },
  'text-to-json': { from: type('text'), to: type('json'), fits: [[`it's "so"`, `it's "so"`]] },
  'json-to-text': {
    from: type('json'),
    to: type('text'),
    fits: [['text', 'text']],
    misfits: [{ a: 1 }, [1], 5],
  },
  'text-to-list': { from: type('text'), to: type('text', { multiple: true }), fits: [['x', ['x']]] },
  'list-to-text': {
    from: type('tags'),
    to: type('text'),
    fits: [[['one'], 'one']],
    misfits: [['one', 'two']],
  },
};
