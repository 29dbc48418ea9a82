import { describe, expect, it } from 'vitest';
import { AppUninstallPreviewSchema, InstalledAppSchema } from './installed-app.zod.js';

const checksum = 'a'.repeat(64);
const app = {
  appId: 'crm',
  namespace: 'crm',
  version: '1.0.0',
  checksum,
  settings: {},
  secretSettings: [],
  components: [],
};

describe('InstalledAppSchema', () => {
  it('drops what is not part of an installed app', () => {
    expect(InstalledAppSchema.parse({ ...app, secrets: { key: 'x' } })).toEqual(app);
  });

  it('has no objects as values of settings', () => {
    expect(InstalledAppSchema.safeParse({ ...app, settings: { key: { ciphertext: 'x' } } }).success).toBe(
      false,
    );
  });
});

describe('AppUninstallPreviewSchema', () => {
  it('counts records by object', () => {
    const preview = {
      appId: 'crm',
      version: '1.0.0',
      dependents: [],
      records: { crm__account: 2 },
      fields: [],
    };
    expect(AppUninstallPreviewSchema.parse(preview)).toEqual(preview);
  });
});
