import { describe, expect, it } from 'vitest';
import { findingsOfObject } from '../../../test/bundle-findings.js';

const rule = { name: 'r', message: 'm' };

describe('checkObjectReferences', () => {
  it.each([
    { object: { displayNameField: 'name', compactLayout: ['name', 'created_at'] }, findings: [] },
    { object: { displayNameField: 'title' }, findings: ['error unknown_field ./displayNameField'] },
    { object: { compactLayout: ['name', 'title'] }, findings: ['warning unknown_field ./compactLayout/1'] },
    {
      object: { validations: [{ ...rule, type: 'state_machine', field: 'state', transitions: {} }] },
      findings: ['warning unknown_field ./validations/0/field'],
    },
    {
      object: { validations: [{ ...rule, type: 'cross_field', condition: 'a', fields: ['name', 'end'] }] },
      findings: ['warning unknown_field ./validations/0/fields/1'],
    },
  ])('finds $findings', ({ object, findings }) => {
    expect(findingsOfObject(object).map((finding) => finding.replace('/objects/0', '.'))).toEqual(findings);
  });
});
