import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BundleStoreSuiteOptions, describeBundleStore, type TestRunner } from '@objectstack/conformance';
import { sampledIt, startS3Server } from '@objectstack/testing';
import { describe, it } from 'vitest';
import { createFileBundleStore } from '../src/bundle/create-file-bundle-store.js';
import { s3BundleStore } from '../src/s3/s3-bundle-store.js';
import { s3Options } from './s3-store.js';

const onFiles: BundleStoreSuiteOptions['create'] = async (clock) => {
  const directory = await mkdtemp(join(tmpdir(), 'bundles-'));
  const open = async () => createFileBundleStore(directory, { clock });
  return {
    store: await open(),
    open,
    damage: (checksum, bytes) => writeFile(join(directory, checksum.slice(0, 2), `${checksum}.json`), bytes),
    destroy: () => rm(directory, { recursive: true }),
  };
};

const onS3 =
  (settings: Parameters<Awaited<ReturnType<typeof startS3Server>>['configure']>[0]) =>
  async (clock: { now(): Date }) => {
    const server = await startS3Server();
    server.configure({ pageSize: 7, ...settings });
    const open = async () => s3BundleStore(s3Options(server, { clock }));
    return {
      store: await open(),
      open,
      damage: async (checksum: string, bytes: Uint8Array) => {
        const copies = [...server.objects.keys()].filter((key) => key.includes(checksum));
        for (const key of copies) server.objects.set(key, Buffer.from(bytes));
      },
      destroy: server.stop,
    };
  };

describeBundleStore({ describe, it }, { name: 'on files', create: onFiles });

describeBundleStore({ describe, it }, { name: 'on S3', create: onS3({}) });

const sampled: TestRunner = { describe, it: Object.assign(sampledIt(it, 12), { skip: it.skip }) };

for (const conditionalWrites of ['unsupported', 'ignored'] as const)
  describeBundleStore(sampled, {
    name: `on S3 with conditional writes ${conditionalWrites}`,
    create: onS3({ conditionalWrites }),
  });
