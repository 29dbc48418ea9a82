import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { IBundleStore } from '@objectstack/spec/contracts';
import { temporaryFolder } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../test/manual-clock.js';
import { createFileBundleStore } from './create-file-bundle-store.js';

const DAY_MS = 24 * 60 * 60 * 1_000;
const bytes = new TextEncoder().encode('{"manifest":{"version":"1.0.0"}}');
const checksum = createHash('sha256').update(bytes).digest('hex');

async function storeInFolder() {
  const directory = join(await temporaryFolder(), 'deep', 'bundles');
  const file = join(directory, checksum.slice(0, 2), `${checksum}.json`);
  return { directory, file, store: createFileBundleStore(directory) };
}

describe('createFileBundleStore', () => {
  it('stores bytes under their checksum', async () => {
    const { store, file } = await storeInFolder();
    expect(await store.put(bytes)).toBe(checksum);
    expect(new Uint8Array(await readFile(file))).toEqual(bytes);
    expect(new Uint8Array(await store.get(checksum))).toEqual(bytes);
  });

  it('returns the same bytes from another store on the same directory', async () => {
    const { store, directory } = await storeInFolder();
    await store.put(bytes);
    expect(new Uint8Array(await createFileBundleStore(directory).get(checksum))).toEqual(bytes);
  });

  it('leaves no other file in the directory', async () => {
    const { store, file } = await storeInFolder();
    await store.put(bytes);
    await store.put(bytes);
    expect(await readdir(dirname(file))).toEqual([`${checksum}.json`]);
  });

  it('stores the bytes as of the call, even if the caller modifies them later', async () => {
    const { store } = await storeInFolder();
    const mine = bytes.slice();
    const stored = store.put(mine);
    mine.fill(0);
    expect(await stored).toBe(checksum);
    expect(new Uint8Array(await store.get(checksum))).toEqual(bytes);
  });

  it('stores the same bytes from many concurrent calls', async () => {
    const { directory, file } = await storeInFolder();
    const puts = Array.from({ length: 20 }, () => createFileBundleStore(directory).put(bytes));
    expect(new Set(await Promise.all(puts))).toEqual(new Set([checksum]));
    expect(await readdir(dirname(file))).toEqual([`${checksum}.json`]);
  });

  it.each([
    {
      what: 'a changed byte',
      damage: (stored: Buffer) => Buffer.concat([stored.subarray(0, -1), Buffer.from(']')]),
    },
    { what: 'a truncated file', damage: (stored: Buffer) => stored.subarray(0, 10) },
    { what: 'an empty file', damage: () => Buffer.alloc(0) },
  ])('detects $what, and repairs it when the bytes are stored again', async ({ damage }) => {
    const { store, file } = await storeInFolder();
    await store.put(bytes);
    await writeFile(file, damage(await readFile(file)));
    await expect(store.get(checksum)).rejects.toMatchObject({
      code: 'bundle_corrupt',
      details: { checksum },
    });
    expect(await store.put(bytes)).toBe(checksum);
    expect(new Uint8Array(await store.get(checksum))).toEqual(bytes);
  });

  it('does not return a temporary file as a bundle', async () => {
    const { store, file } = await storeInFolder();
    await mkdir(dirname(file), { recursive: true });
    await writeFile(join(dirname(file), '.left-over.tmp'), bytes);
    await expect(store.get(checksum)).rejects.toMatchObject({ code: 'bundle_not_found' });
  });

  it.each([
    '',
    '..',
    '../../etc/passwd',
    'a'.repeat(63),
    checksum.toUpperCase(),
    `${checksum}\n`,
    `${checksum}/..`,
  ])('does not find %j, which is not a checksum', async (name) => {
    const { store } = await storeInFolder();
    await store.put(bytes);
    await expect(store.get(name)).rejects.toMatchObject({ code: 'bundle_not_found', details: {} });
  });

  it('does not find a bundle that was never stored', async () => {
    const { store } = await storeInFolder();
    await expect(store.get(checksum)).rejects.toMatchObject({
      code: 'bundle_not_found',
      details: { checksum },
    });
  });

  it.each([
    ['reads', ({ store }: { store: IBundleStore }) => store.get(checksum)],
    ['stores', ({ store }: { store: IBundleStore }) => store.put(bytes)],
  ])('puts a bundle back that a killed removal left aside, if a process %s it', async (_, use) => {
    const { store, file } = await storeInFolder();
    await store.put(bytes);
    await rename(file, join(dirname(file), `.${checksum}.${randomUUID()}.unused`));
    await use({ store });
    expect(new Uint8Array(await readFile(file))).toEqual(bytes);
  });

  it('removes what a killed removal left aside once it was not used for some time', async () => {
    const { store, file } = await storeInFolder();
    await store.put(bytes);
    await rename(file, join(dirname(file), `.${checksum}.${randomUUID()}.unused`));
    expect(await store.removeUnused(checksum, new Date().toISOString())).toBe(false);
    const later = new Date(Date.now() + 2 * DAY_MS).toISOString();
    expect(await store.listUnused(later)).toEqual({ checksums: [checksum], nextCursor: null });
    expect(await store.removeUnused(checksum, later)).toBe(true);
    expect(await readdir(dirname(file))).toEqual([]);
  });

  it('writes a use at most once a day', async () => {
    const clock = new ManualClock();
    const { directory, file } = await storeInFolder();
    const store = createFileBundleStore(directory, { clock });
    await store.put(bytes);
    const usedAt = async () => (await stat(file)).mtimeMs;
    const first = await usedAt();
    clock.advance(DAY_MS - 1);
    await store.get(checksum);
    expect(await usedAt()).toBe(first);
    clock.advance(1);
    await store.get(checksum);
    expect(await usedAt()).toBe(first + DAY_MS);
  });

  it('removes its temporary file when writing fails', async () => {
    const { store, file } = await storeInFolder();
    await mkdir(file, { recursive: true });
    await expect(store.put(bytes)).rejects.toMatchObject({ code: 'configuration_invalid' });
    expect(await readdir(dirname(file))).toEqual([`${checksum}.json`]);
  });
});
