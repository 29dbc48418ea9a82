import { describe, expect, it } from 'vitest';
import { findingsOfObject } from '../../../test/bundle-findings.js';

const fields = {
  name: { type: 'text' },
  total: { type: 'formula', expression: '1' },
  labels: { type: 'tags' },
  owners: { type: 'text', multiple: true },
};

describe('checkIndexes', () => {
  it.each([
    { index: { fields: ['name', 'created_at'], unique: true }, findings: [] },
    { index: { fields: ['name'], type: 'hash' }, findings: [] },
    { index: { fields: ['name', 'nam'] }, findings: ['error unknown_field ./fields/1'] },
    { index: { fields: ['total'] }, findings: ['error invalid_value ./fields/0'] },
    {
      index: { fields: ['labels', 'owners'] },
      findings: ['error invalid_value ./fields/0', 'error invalid_value ./fields/1'],
    },
    { index: { fields: ['name', 'created_at', 'name'] }, findings: ['warning duplicate_name ./fields/2'] },
    { index: { fields: ['name'], partial: 'name IS NOT NULL' }, findings: [] },
    { index: { fields: ['name'], partial: "nam = 'x'" }, findings: ['error invalid_value ./partial'] },
    { index: { fields: ['name'], partial: 'total > 1' }, findings: ['error invalid_value ./partial'] },
    { index: { fields: ['name'], partial: '1); DROP TABLE x' }, findings: ['error invalid_value ./partial'] },
    { index: { fields: ['labels'], type: 'gin' }, findings: ['warning index_not_made ./type'] },
    {
      index: { fields: ['nam'], type: 'fulltext' },
      findings: ['error unknown_field ./fields/0', 'warning index_not_made ./type'],
    },
  ])('finds $findings in $index', ({ index, findings }) => {
    const found = findingsOfObject({ fields, indexes: [index] });
    expect(found.map((finding) => finding.replace('/objects/0/indexes/0', '.'))).toEqual(findings);
  });

  it.each([
    { rule: { fields: ['name'] }, findings: [] },
    { rule: { fields: ['name', 'nam'] }, findings: ['error unknown_field ./fields/1'] },
    { rule: { fields: ['name', 'name'] }, findings: ['warning duplicate_name ./fields/1'] },
    { rule: { fields: ['labels'] }, findings: ['error invalid_value ./fields/0'] },
    { rule: { fields: ['nam'], active: false }, findings: [] },
  ])('finds $findings in the unique rule $rule', ({ rule, findings }) => {
    const found = findingsOfObject({
      fields,
      validations: [{ type: 'unique', name: 'u', message: 'm', ...rule }],
    });
    expect(found.map((finding) => finding.replace('/objects/0/validations/0', '.'))).toEqual(findings);
  });

  it('finds another index of the same name, which is not compared if it is absent', () => {
    const index = { fields: ['name'] };
    const indexes = [{ ...index, name: 'a' }, index, { ...index, name: 'b' }, index, { ...index, name: 'a' }];
    expect(findingsOfObject({ fields, indexes })).toEqual([
      'warning duplicate_name /objects/0/indexes/4/name',
    ]);
  });
});
