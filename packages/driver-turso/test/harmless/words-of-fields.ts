import { choice, field, lookup, number, text } from '../change-case.js';
import type { HarmlessChange } from './harmless-change.js';

type Facts = Record<string, unknown>;

/** Two descriptions of a field, and a value that stays as it is. */
const FIELDS: readonly [what: string, before: Facts, after: Facts, value: unknown][] = [
  ['a field has a label', text, { ...text, label: 'A' }, 'x'],
  ['the case of a label changes', { ...text, label: 'Name' }, { ...text, label: 'NAME' }, 'x'],
  [
    'a field is described',
    { ...text, description: 'D' },
    { ...text, description: 'E', inlineHelpText: 'H' },
    'x',
  ],
  ['texts may be longer', { ...text, maxLength: 3 }, { ...text, maxLength: 4 }, 'abc'],
  ['texts may be shorter', { ...text, minLength: 3 }, { ...text, minLength: 2 }, 'abc'],
  ['numbers may be smaller', { ...number, min: 0 }, { ...number, min: -1 }, 0],
  ['numbers may be larger', { ...number, max: 5 }, { ...number, max: 5.5 }, 5],
  ['a value is no longer required', { ...text, required: true }, text, 'x'],
  ['only the system writes a field', text, { ...text, readonly: true }, 'x'],
  ['another choice is offered', choice('select', 'x'), choice('select', 'x', 'y'), 'x'],
  ['choices are offered in another order', choice('select', 'x', 'y'), choice('select', 'y', 'x'), 'x'],
  [
    'a choice has another label',
    choice('radio', 'x'),
    { type: 'radio', options: [{ label: 'An x', value: 'x' }] },
    'x',
  ],
  ['a choice becomes a free text', choice('select', 'x'), text, 'x'],
  ['several choices become tags', choice('multiselect', 'x', 'y'), { type: 'tags' }, ['x', 'y']],
  ['a line becomes multi-line text', text, { type: 'textarea' }, 'x\ny'],
  ['a text becomes an email address', text, { type: 'email' }, 'a@example.com'],
  ['a number becomes a currency', number, { type: 'currency', currencyConfig: { precision: 2 } }, 0.1 + 0.2],
  ['a checkbox becomes a switch', { type: 'boolean' }, { type: 'toggle' }, true],
  ['new records get a default', text, { ...text, defaultValue: 'd' }, 'x'],
  ['a default is another', { ...number, defaultValue: 1 }, { ...number, defaultValue: 2 }, 0],
  [
    'the format of an autonumber changes',
    { type: 'autonumber', format: 'A-{00}' },
    { type: 'autonumber', format: 'B-{000}' },
    'A-01',
  ],
  [
    'a unique field has another value of unique',
    { ...text, unique: true },
    { ...text, unique: 'global' },
    'x',
  ],
  ['case sensitivity changes without a unique field', text, { ...text, caseSensitive: false }, 'X'],
  [
    'a list refers to another object',
    lookup('account', { multiple: true }),
    lookup('thing', { multiple: true }),
    ['p'],
  ],
  ['a lookup names another object that is not here', lookup('user'), lookup('person'), 'ann'],
  ['a field has an unknown key', text, { ...text, sparkle: { much: true } }, 'x'],
];

export const WORDS_OF_FIELDS = FIELDS.map(
  ([what, before, after, value]): HarmlessChange => ({
    what,
    ...field(before, after, [value, undefined].slice(0, before.required ? 1 : 2)),
    isMetadata: true,
  }),
);
