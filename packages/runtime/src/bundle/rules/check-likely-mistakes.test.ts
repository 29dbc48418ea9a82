import { describe, expect, it } from 'vitest';
import { findingsOfField, findingsOfObject } from '../../../test/bundle-findings.js';
import { validateBundle } from '../validate-bundle.js';

const options = [{ label: 'Open', value: 'open' }];
const lookup = { type: 'lookup', reference: 'account' };

describe('checkLikelyMistakes', () => {
  it.each([
    [{ type: 'select' }, ['warning missing_options .']],
    [{ type: 'multiselect', options: [] }, ['warning missing_options ./options']],
    [{ type: 'radio', options }, []],
    [{ type: 'tags' }, []],
    [{ ...lookup, required: true, deleteBehavior: 'set_null' }, ['warning invalid_value ./deleteBehavior']],
    [{ ...lookup, required: true, deleteBehavior: 'cascade' }, []],
    [{ ...lookup, required: true }, []],
    [{ ...lookup, deleteBehavior: 'set_null' }, []],
    [{ type: 'text', required: true, deleteBehavior: 'set_null' }, []],
    [{ type: 'text', min: 1, max: 5 }, ['warning invalid_value ./max', 'warning invalid_value ./min']],
    [{ type: 'number', maxLength: 5 }, ['warning invalid_value ./maxLength']],
    [{ type: 'boolean', max: 1 }, ['warning invalid_value ./max']],
    [{ type: 'text', multiple: true, maxLength: 5 }, ['warning invalid_value ./maxLength']],
    [{ type: 'email', minLength: 6, maxLength: 80 }, []],
    [{ type: 'currency', min: 0, max: 5 }, []],
    [{ type: 'json', max: 5, maxLength: 5 }, []],
    [{ type: 'rating', maxRating: 3, defaultValue: 4 }, ['warning invalid_default ./defaultValue']],
    [{ type: 'rating', maxRating: 3, defaultValue: 3 }, []],
    [{ type: 'formula' }, ['warning unknown_shape .']],
    [{ type: 'formula', expression: 'price * quantity' }, []],
    [{ type: 'summary' }, ['warning unknown_shape .']],
    [{ type: 'summary', summaryOperations: { object: 'account', field: 'id', function: 'count' } }, []],
    [
      { type: 'summary', summaryOperations: { object: 'acount', field: 'id', function: 'count' } },
      ['warning unknown_object ./summaryOperations/object'],
    ],
    [
      { type: 'summary', summaryOperations: { object: 'account', field: 'nothing', function: 'count' } },
      ['warning unknown_field ./summaryOperations/field'],
    ],
  ])('finds in %j: %j', (field, findings) => {
    expect(findingsOfField(field)).toEqual(findings);
  });

  it.each([
    [{ type: 'text', max: 5 }, 'maxLength'],
    [{ type: 'text', max: 5, maxLength: 5 }, undefined],
    [{ type: 'number', minLength: 5 }, 'min'],
    [{ type: 'boolean', max: 5 }, undefined],
  ])('suggests the other bound for %j: %s', (subject, suggestion) => {
    const object = { name: 'account', fields: { subject } };
    const { issues } = validateBundle({ manifest: { version: '1.0.0' }, objects: [object] });
    expect(issues.map((issue) => issue.suggestion)).toEqual([suggestion]);
  });

  it.each([
    ['([a-z', 1],
    ['[z-a]', 1],
    ['a{2,1}', 1],
    ['^[a-z]+\\-[0-9]{3}$', 0],
    [7, 1],
  ])('checks the regular expression %j', (regex, count) => {
    const rule = { name: 'r', type: 'format', field: 'name', message: 'No.', regex };
    const paths = findingsOfObject({ validations: [rule] }).map((finding) => finding.split(' ')[2]);
    expect(paths).toEqual(Array.from({ length: count }, () => '/objects/0/validations/0/regex'));
  });

  it('never quotes the regular expression', () => {
    const rule = { name: 'r', type: 'format', field: 'name', message: 'No.', regex: '(secret' };
    const object = { name: 'account', fields: { name: { type: 'text' } }, validations: [rule] };
    const { issues } = validateBundle({ manifest: { version: '1.0.0' }, objects: [object] });
    expect(issues).toMatchObject([{ code: 'invalid_value' }]);
    expect(JSON.stringify(issues)).not.toContain('secret');
  });
});
