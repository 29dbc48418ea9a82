import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { temporaryFolder } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { createFileBundleStore } from './create-file-bundle-store.js';

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

  it('removes its temporary file when writing fails', async () => {
    const { store, file } = await storeInFolder();
    await mkdir(file, { recursive: true });
    await expect(store.put(bytes)).rejects.toMatchObject({ code: 'configuration_invalid' });
    expect(await readdir(dirname(file))).toEqual([`${checksum}.json`]);
  });
});
