import { describe, expect, it } from 'vitest';
import { findingsOf } from '../../../test/bundle-findings.js';

const objects = [{ name: 'account', fields: { name: { type: 'text' } } }];

function findingsOfSet(set: Record<string, unknown>) {
  const findings = findingsOf({ objects, permissions: [{ name: 'clerk', objects: {}, ...set }] });
  return findings.map((finding) => finding.replace('/permissions/0', '.'));
}

describe('checkPermissions', () => {
  it.each([
    {
      set: { objects: { account: {}, '*': {} }, fields: { 'account.name': {}, '*.name': {} } },
      findings: [],
    },
    { set: { objects: { lead: {} } }, findings: ['warning unknown_object ./objects/lead'] },
    { set: { fields: { 'lead.name': {} } }, findings: ['warning unknown_object ./fields/lead.name'] },
    { set: { fields: { 'account.title': {} } }, findings: ['warning unknown_field ./fields/account.title'] },
    { set: { fields: { name: {} } }, findings: ['warning unknown_object ./fields/name'] },
  ])('finds $findings', ({ set, findings }) => {
    expect(findingsOfSet(set)).toEqual(findings);
  });
});
