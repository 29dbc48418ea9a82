import { describe, expect, it } from 'vitest';
import {
  autonumberFormatText,
  isAutonumberToken,
  isAutonumberTokenField,
  parseAutonumberFormat,
  readAutonumber,
  renderAutonumber,
} from './autonumber-format.js';

const NOW = '2026-03-09T23:59:59.999Z';
const formatOf = (text: string) =>
  parseAutonumberFormat(text, (name) => ['p', 'q', 'constructor'].includes(name)).format;

describe('renderAutonumber', () => {
  it.each([
    ['INV-{0000}', {}, 'INV-', '', ''],
    ['', {}, '', '', ''],
    ['AD{YYYYMMDD}{0000}', {}, 'AD20260309', '', 'AD20260309{0}'],
    ['{YY}{DD}/{MM}-{0}-x', {}, '2609/03-', '-x', '2609/03-{0}-x'],
    ['{p}-{00}-{q}', { p: 'A$1', q: 7 }, 'A$1-', '-7', 'A$1-{0}-7'],
    ['{p}-{00}', { p: null }, '-', '', '-{0}'],
    ['{constructor}-{00}', {}, '-', '', '-{0}'],
    ['{unknown}{00}', {}, '{unknown}', '', ''],
  ])('renders %j as %j', (text, values, before, after, scope) => {
    expect(renderAutonumber(formatOf(text), NOW, values)).toEqual({ before, after, scope });
  });
});

describe('readAutonumber', () => {
  it.each([
    ['INV-{0000}', 'INV-0042', {}, { number: 42, scope: '' }],
    ['INV-{0000}', 'INV-', {}, null],
    ['INV-{0000}', 'INV-12x', {}, null],
    ['a.{0}+', 'a.5+', {}, { number: 5, scope: '' }],
    ['a.{0}+', 'ab5+', {}, null],
    ['AD{YYYYMMDD}{0000}', 'AD202501010007', {}, { number: 7, scope: 'AD20250101{0}' }],
    ['{p}{000}', 'A12001', { p: 'A12' }, { number: 1, scope: 'A12{0}' }],
    ['{p}{000}', 'A12001', { p: 'A' }, { number: 12001, scope: 'A{0}' }],
    ['{p}{000}', 'A12001', {}, { number: 1, scope: 'A12{0}' }],
    ['{p}-{000}', 'B-7', { p: 'A' }, { number: 7, scope: 'B-{0}' }],
  ])('reads from %j the text %j of a record with %j', (text, value, values, expected) => {
    expect(readAutonumber(formatOf(text), value, values)).toEqual(expected);
  });
});

describe('parseAutonumberFormat', () => {
  it.each([
    ['{0000', [{ token: '{', problem: 'unclosed' }]],
    ['a}{0}', [{ token: '}', problem: 'unopened' }]],
    ['{no_such_field}{0}', [{ token: '{no_such_field}', problem: 'unknown_token' }]],
    ['{0}-{00}', [{ token: '{00}', problem: 'second_number' }]],
    ['{0000000000000000}', [{ token: '{0000000000000000}', problem: 'too_many_digits' }]],
    ['{p}-{YYMM}-{000}', []],
  ])('reports invalid parts of %j', (text, problems) => {
    expect(parseAutonumberFormat(text, (name) => name === 'p').problems).toEqual(problems);
  });
});

describe('isAutonumberTokenField', () => {
  it.each([
    [{ type: 'text' }, true],
    [{ type: 'number' }, true],
    [{ type: 'date' }, true],
    [{ type: 'datetime' }, false],
    [{ type: 'autonumber' }, false],
    [{ type: 'password' }, false],
    [{ type: 'tags' }, false],
    [undefined, false],
  ] as const)('of %j is %j', (field, expected) => {
    expect(isAutonumberTokenField(field)).toBe(expected);
  });
});

describe('isAutonumberToken', () => {
  const fields = { label: { type: 'text' }, done: { type: 'boolean' } } as const;

  it.each([
    ['label', 'text', true],
    ['done', 'text', false],
    ['other', 'text', false],
    ['created_at', 'text', false],
    ['constructor', 'text', false],
    ['id', 'text', true],
    ['id', 'integer', false],
    ['label', 'integer', true],
  ] as const)('of %s with ids of type %s is %j', (name, idType, expected) => {
    expect(isAutonumberToken(name, { idType, fields })).toBe(expected);
  });
});

describe('autonumberFormatText', () => {
  it('prefers autonumberFormat to format', () => {
    expect(autonumberFormatText({ type: 'autonumber', autonumberFormat: 'A{0}', format: 'B{0}' })).toBe(
      'A{0}',
    );
    expect(autonumberFormatText({ type: 'autonumber', format: 'B{0}' })).toBe('B{0}');
    expect(autonumberFormatText({ type: 'autonumber' })).toBe('');
  });
});
