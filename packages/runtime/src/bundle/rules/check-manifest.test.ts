import { describe, expect, it } from 'vitest';
import { findingsOf } from '../../../test/bundle-findings.js';

const objects = [
  { name: 'account', fields: {} },
  { name: 'contact', fields: {} },
];

describe('checkManifest', () => {
  it.each([
    { lists: {}, findings: [] },
    { lists: { objects: ['contact', 'account'], views: [], flows: [] }, findings: [] },
    { lists: { objects: [] }, findings: [] },
    { lists: { objects: ['account'] }, findings: ['error manifest_mismatch /manifest/objects'] },
    {
      lists: { objects: ['account', 'lead', 'contact'] },
      findings: ['error manifest_mismatch /manifest/objects/1'],
    },
    {
      lists: { objects: ['account', 'contact', 'account'] },
      findings: ['error manifest_mismatch /manifest/objects/2'],
    },
    { lists: { permissions: ['clerk'] }, findings: ['error manifest_mismatch /manifest/permissions/0'] },
  ])('finds $findings for $lists', ({ lists, findings }) => {
    expect(findingsOf({ manifest: { version: '1.0.0', ...lists }, objects })).toEqual(findings);
  });
});
