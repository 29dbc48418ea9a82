import { describe, expect, it } from 'vitest';
import { validateBundle } from '../validate-bundle.js';

function issuesOf(format: string, idType: 'text' | 'integer' = 'text') {
  const fields = {
    plan_no: { type: 'text' },
    labels: { type: 'tags' },
    done: { type: 'boolean' },
    number: { type: 'autonumber', format },
  };
  const { issues } = validateBundle({
    manifest: { version: '1.0.0' },
    objects: [{ name: 'plan', idType, fields }],
  });
  return issues.map(({ severity, code, path, suggestion }) => [severity, code, path, suggestion]);
}

describe('checkAutonumberFormat', () => {
  it.each([
    '',
    'INV-{0000}',
    'AD{YYYYMMDD}{0000}',
    '{YY}/{MM}-{DD}-{000}',
    '{plan_no}-{000}',
    '{0}-{plan_no}',
  ])('accepts %j', (format) => {
    expect(issuesOf(format)).toEqual([]);
  });

  it('accepts the id if it is no integer, which is assigned after the number', () => {
    const path = '/objects/0/fields/number/format';
    expect(issuesOf('{id}-{0}')).toEqual([]);
    expect(issuesOf('{id}-{0}', 'integer')).toEqual([['error', 'invalid_value', path, undefined]]);
  });

  it.each([
    ['{0000', undefined],
    ['0000}', undefined],
    ['{000}{000}', undefined],
    ['{0000000000000000}', undefined],
    ['{plan_mo}-{000}', '{plan_no}'],
    ['{yyyy}-{000}', '{YYYY}'],
    ['A-{####}', '{0000}'],
    ['{labels}-{000}', undefined],
    ['{done}-{000}', undefined],
    ['{number}-{000}', undefined],
    ['{}-{000}', undefined],
  ])('rejects %j and suggests %j', (format, suggestion) => {
    expect(issuesOf(format)).toEqual([
      ['error', 'invalid_value', '/objects/0/fields/number/format', suggestion],
    ]);
  });
});
