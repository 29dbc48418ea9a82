import * as crypto from 'node:crypto';
import * as files from 'node:fs/promises';
import * as os from 'node:os';
import * as paths from 'node:path';
import * as conformance from '@objectstack/conformance';
import * as driverTurso from '@objectstack/driver-turso';
import * as runtime from '@objectstack/runtime';
import * as shared from '@objectstack/spec/shared';
import { isSampled } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import * as zod from 'zod';
import { ROOT, readMarkdown } from './documents.js';
import { readSuites, runSuite } from './guide-suites.js';

const GIVEN = {
  'node:crypto': crypto,
  'node:fs/promises': files,
  'node:os': os,
  'node:path': { ...paths },
  '@objectstack/conformance': conformance,
  '@objectstack/driver-turso': driverTurso,
  '@objectstack/runtime': runtime,
  '@objectstack/spec/shared': shared,
  zod,
};

/** Of the services, the tests of the runtime run every requirement: here, a sample shows that the code of the guide works. */
const EVERY = { parts: 1, services: 12 };

const {
  BUNDLE_STORE_REQUIREMENTS,
  SECRET_SEALER_REQUIREMENTS,
  TENANT_ROUTER_REQUIREMENTS,
  QUOTA_SERVICE_REQUIREMENTS,
  PROVISIONING_SERVICE_REQUIREMENTS,
  FLEET_SERVICE_REQUIREMENTS,
  APP_LIFECYCLE_REQUIREMENTS,
} = conformance;
const SERVICES = {
  ...TENANT_ROUTER_REQUIREMENTS,
  ...QUOTA_SERVICE_REQUIREMENTS,
  ...FLEET_SERVICE_REQUIREMENTS,
  ...PROVISIONING_SERVICE_REQUIREMENTS,
  ...APP_LIFECYCLE_REQUIREMENTS,
};

const PARTS_GUIDE = 'docs/guides/writing-a-bundle-store-and-a-sealer.md';

const readText = (path: string) => files.readFile(paths.join(ROOT, path), 'utf8');
const groupOf = (id: string) => id.split('/')[1] ?? '';

describe.each([
  [PARTS_GUIDE, 'map-bundle-store.test.ts', BUNDLE_STORE_REQUIREMENTS, EVERY.parts],
  [PARTS_GUIDE, 'aes-sealer.test.ts', SECRET_SEALER_REQUIREMENTS, EVERY.parts],
  ['docs/guides/writing-a-service.md', 'services.test.ts', SERVICES, EVERY.services],
] as const)('%s, %s', async (path, file, requirements, every) => {
  const text = await readText(path);
  const claimed = readSuites(path, text).find((suite) => suite.file === file)?.passes ?? [];

  it('names every group of requirements', () => {
    const groups = Object.keys(requirements).map(groupOf);
    expect([...claimed].sort()).toEqual([...new Set(groups)].sort());
  });

  it('passes the suites, with all of their requirements', async () => {
    const { blocks } = readMarkdown(path, text);
    const outcome = await runSuite(blocks, file, {
      given: GIVEN,
      isRun: (index) => every === 1 || isSampled(index, every),
    });
    expect(outcome.failed).toEqual([]);
    expect(outcome.all).toEqual(Object.keys(requirements));
    expect(outcome.passed.length).toBeGreaterThan(0);
  }, 600_000);
});

describe('runSuite', () => {
  it('returns what failed', async () => {
    const { blocks } = readMarkdown(PARTS_GUIDE, await readText(PARTS_GUIDE));
    const wrong = { ...shared, throwIfAborted: () => undefined };
    const { failed } = await runSuite(blocks, 'map-bundle-store.test.ts', {
      given: { ...GIVEN, '@objectstack/spec/shared': wrong },
      isRun: () => true,
    });
    expect(failed.every((id) => id.endsWith('/aborted'))).toBe(true);
    expect(failed).toHaveLength(4);
  });
});
