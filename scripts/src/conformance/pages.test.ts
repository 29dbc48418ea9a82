import { readdir, readFile } from 'node:fs/promises';
import {
  APP_LIFECYCLE_REQUIREMENTS,
  BUNDLE_STORE_REQUIREMENTS,
  DATA_DRIVER_REQUIREMENTS,
  FLEET_SERVICE_REQUIREMENTS,
  PROVISIONING_SERVICE_REQUIREMENTS,
  QUOTA_SERVICE_REQUIREMENTS,
  SCHEMA_DIFF_REQUIREMENTS,
  SECRET_SEALER_REQUIREMENTS,
  TENANT_REGISTRY_REQUIREMENTS,
  TENANT_ROUTER_REQUIREMENTS,
  TURSO_PLATFORM_REQUIREMENTS,
} from '@objectstack/conformance';
import { describe, expect, it } from 'vitest';
import { conformancePages } from './pages.js';

const FOLDER = new URL('../../../docs/conformance/', import.meta.url);

describe('conformancePages', () => {
  it('equal the committed files', async () => {
    const pages = conformancePages();
    expect((await readdir(FOLDER)).sort()).toEqual([...pages.keys()].sort());
    for (const [name, page] of pages) expect(await readFile(new URL(name, FOLDER), 'utf8')).toBe(page);
  });

  it.each([
    ['app-lifecycle-service', 'app-lifecycle-service', APP_LIFECYCLE_REQUIREMENTS],
    ['bundle-store', 'bundle-store', BUNDLE_STORE_REQUIREMENTS],
    ['data-driver', 'data-driver', DATA_DRIVER_REQUIREMENTS],
    ['fleet-service', 'fleet-service', FLEET_SERVICE_REQUIREMENTS],
    ['provisioning-service', 'provisioning-service', PROVISIONING_SERVICE_REQUIREMENTS],
    ['schema-diff-service', 'schema-diff-service', SCHEMA_DIFF_REQUIREMENTS],
    ['secret-sealer', 'secret-sealer', SECRET_SEALER_REQUIREMENTS],
    ['tenant-registry', 'tenant-registry', TENANT_REGISTRY_REQUIREMENTS],
    ['quota-service', 'quota-service', QUOTA_SERVICE_REQUIREMENTS],
    ['tenant-router', 'tenant-router', TENANT_ROUTER_REQUIREMENTS],
    ['turso-platform-service', 'turso-platform', TURSO_PLATFORM_REQUIREMENTS],
  ])('have a row for every requirement of a %s', (name, subject, requirements) => {
    const page = conformancePages().get(`${name}.md`) ?? '';
    const rows = page.split('\n').filter((line) => line.startsWith(`| \`${subject}/`));
    expect(rows).toHaveLength(Object.keys(requirements).length);
  });
});
