import { describe, expect, it } from 'vitest';
import { issuePaths } from '../../test/issue-paths.js';
import { problem } from '../../test/samples.js';
import { AppInstallResultSchema } from './app-install-result.zod.js';

const installed = {
  tenantId: 't1',
  appId: 'crm_app',
  version: '1.0.0',
  success: true,
  installedObjects: ['crm__account'],
  createdTables: ['crm__account'],
  installedDependencies: [],
  restoredRecords: 0,
  conflicts: [],
  seededRecords: 12,
  durationMs: 8.5,
};

describe('AppInstallResultSchema', () => {
  it.each([installed, { ...installed, success: false, createdTables: [], seededRecords: 0, error: problem }])(
    'accepts success: $success',
    (result) => {
      expect(AppInstallResultSchema.parse(result)).toEqual(result);
    },
  );

  it('drops an error of a success', () => {
    expect(AppInstallResultSchema.parse({ ...installed, error: problem })).toEqual(installed);
  });

  it.each([
    ['error', { success: false }],
    ['success', { success: undefined }],
    ['version', { version: '1' }],
    ['seededRecords', { seededRecords: -1 }],
    ['createdTables.0', { createdTables: ['My Table'] }],
    ['durationMs', { durationMs: -1 }],
  ])('rejects an invalid %s: %j', (path, change) => {
    expect(issuePaths(AppInstallResultSchema, { ...installed, ...change })).toEqual([path]);
  });
});
