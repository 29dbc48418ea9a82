import type { Field } from '@objectstack/spec/data';
import { describe, expect, it } from 'vitest';
import { evaluateForField } from './evaluate-for-field.js';

const scope = { now: '2026-03-31T08:09:10.123Z' };
const options = [{ label: 'A', value: 'a' }];

describe('evaluateForField', () => {
  it.each<[Field, string, unknown]>([
    [{ type: 'date' }, 'today()', '2026-03-31'],
    [{ type: 'date' }, 'now()', '2026-03-31'],
    [{ type: 'date' }, 'daysAgo(7)', '2026-03-24'],
    [{ type: 'date' }, '"2026-01-31"', '2026-01-31'],
    [{ type: 'datetime' }, 'today()', '2026-03-31T00:00:00.000Z'],
    [{ type: 'datetime' }, 'now()', '2026-03-31T08:09:10.123Z'],
    [{ type: 'time' }, 'now()', '08:09:10'],
    [{ type: 'date', multiple: true }, '[today(), daysFromNow(1)]', ['2026-03-31', '2026-04-01']],
    [{ type: 'json' }, '{"at": now(), "n": [1]}', { at: '2026-03-31T08:09:10.123Z', n: [1] }],
    [{ type: 'text' }, 'string(now().getFullYear())', '2026'],
    [{ type: 'number' }, '1 + 1', 2],
    [{ type: 'boolean' }, '1 < 2', true],
    [{ type: 'tags' }, '["a"]', ['a']],
    [{ type: 'select', options }, '"b"', 'b'],
    [{ type: 'lookup', reference: 'account' }, '"Acme"', 'Acme'],
    [{ type: 'text' }, 'null', null],
  ])('of %j with %s is %j', (field, source, value) => {
    expect(evaluateForField(field, source, scope)).toEqual({ value });
  });

  it.each<[Field, string, string, string]>([
    [{ type: 'text' }, 'now()', 'unfit_value', 'it is a timestamp'],
    [{ type: 'tags' }, '[now()]', 'unfit_value', 'it is a timestamp'],
    [{ type: 'date' }, '1', 'unfit_value', 'it must be a date such as 2026-01-31, without a time'],
    [{ type: 'number' }, '"1"', 'unfit_value', 'it must be a number such as 12.5'],
    [{ type: 'number', max: 1 }, '2', 'unfit_value', 'it must be at most 1'],
    [{ type: 'formula' }, '1', 'unfit_value', 'it is computed'],
    [{ type: 'date' }, 'todday()', 'unknown_function', 'todday \\(did you mean `today`\\?\\)'],
  ])('of %j with %s is the problem %s', (field, source, code, detail) => {
    expect(evaluateForField(field, source, scope)).toEqual({
      problem: { code, message: expect.stringMatching(new RegExp(`: ${detail}$`)) },
    });
  });
});
