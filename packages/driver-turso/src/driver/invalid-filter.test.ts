import { describe, expect, it } from 'vitest';
import { unknownField } from './invalid-filter.js';
import { toObjectModel } from './object-model.js';

const { fields } = toObjectModel({
  name: 'contact',
  fields: { name: { type: 'text' }, account: { type: 'lookup', reference: 'company' } },
});

describe('unknownField', () => {
  it('suggests a similar name', () => {
    expect(unknownField('nmae', fields)).toEqual({
      reason: 'The field `nmae` is unknown',
      suggestion: 'name',
    });
    expect(unknownField('name.first', fields)).toEqual({
      reason: 'The field `name.first` is unknown. Known: id, name, account, created_at, updated_at',
    });
  });

  it('says that lookups are not followed', () => {
    expect(unknownField('account.nmae', fields)).toEqual({
      reason:
        'The field `account.nmae` is unknown: lookups are not followed here. ' +
        'Find the records of company first, and compare `account` with their ids',
    });
  });
});
