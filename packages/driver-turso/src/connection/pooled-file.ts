import { resolve } from 'node:path';
import { collectClosedClients } from './collect-closed-clients.js';
import type { Connection } from './connection.js';
import {
  DESCRIPTORS_PER_FILE,
  descriptorLimit,
  descriptorsForOthers,
  descriptorsInUse,
} from './descriptor-limit.js';
import type { LocalClient } from './local-client.js';
import { LocalFile, type LocalFileHost, type LocalFileSettings } from './local-file.js';
import { memoryLimit, openFileLimit } from './open-file-limit.js';
import { OpenFileSlots, type SlotRequest, tooManyOpenFiles } from './open-file-slots.js';
import { pause } from './pause.js';

const RETRY_MS = 10;

const limit = descriptorLimit();
/** Descriptors that must remain free when a file is opened. */
const reserve = Math.floor(descriptorsForOthers(limit) / 2);

/** By path. A closed file remains, so that all users of a path share one connection. */
const files = new Map<string, LocalFile>();

/** Files that may be open, the least recently used first. */
const used = new Set<LocalFile>();

/** Closes the least recently used idle file; false if none is idle. Pinned files hold no slot. */
function closeIdleFile(pinned = false): boolean {
  for (const file of used) {
    if (!file.isOpen && file.isIdle) used.delete(file);
    if (!file.isOpen || !file.isIdle || file.isPinned !== pinned) continue;
    used.delete(file);
    file.closeIdle();
    return true;
  }
  return false;
}

const mostOpen = openFileLimit({
  descriptors: limit,
  descriptorsInUse: descriptorsInUse(limit),
  memoryBytes: memoryLimit(),
});

const slots = new OpenFileSlots(mostOpen, () => closeIdleFile());

/** Number of files that can certainly be opened before the descriptors must be counted again. */
let openingsBeforeCount = 0;

function hasDescriptors(): boolean {
  if (openingsBeforeCount > 0) return true;
  const used = descriptorsInUse(limit);
  if (used === null) return true;
  openingsBeforeCount = Math.max(0, Math.floor((limit - used - reserve) / (2 * DESCRIPTORS_PER_FILE)));
  return openingsBeforeCount > 0;
}

/** Waits until enough descriptors are free: collects closed clients and closes idle files. */
async function awaitDescriptors({ signal, timeoutMs }: SlotRequest): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!hasDescriptors()) {
    await collectClosedClients();
    if (hasDescriptors()) return;
    if (performance.now() >= deadline) throw tooManyOpenFiles(slots.limit);
    if (!closeIdleFile() && !closeIdleFile(true)) await pause(RETRY_MS, signal);
  }
}

/** Opens a file once descriptors are free. Retries if they were used up in the meantime. */
async function openWithDescriptors(
  request: SlotRequest,
  open: () => Promise<LocalClient>,
): Promise<LocalClient> {
  const deadline = performance.now() + request.timeoutMs;
  for (;;) {
    await awaitDescriptors(request);
    openingsBeforeCount--;
    try {
      return await open();
    } catch (error) {
      openingsBeforeCount = 0;
      if (hasDescriptors() || performance.now() >= deadline) throw error;
    }
  }
}

/** Opens the file of `pinned` users without a slot, because work that holds a slot may depend on it. */
async function openInSlot(
  request: SlotRequest & { pinned: boolean },
  open: () => Promise<LocalClient>,
): Promise<{ opened: LocalClient; release: () => void }> {
  const release = request.pinned ? () => {} : await slots.acquire(request);
  try {
    return { opened: await openWithDescriptors(request, open), release };
  } catch (error) {
    release();
    throw error;
  }
}

const host: LocalFileHost = {
  open: openInSlot,
  used(file) {
    used.delete(file);
    used.add(file);
  },
  idle: () => slots.offer(),
};

function sharedFile(path: string): LocalFile {
  const file = files.get(path) ?? new LocalFile(path, host);
  files.set(path, file);
  return file;
}

/** Gives each use of the file the settings that apply at that time. */
type Using = <T>(work: (settings: LocalFileSettings) => Promise<T>) => Promise<T>;

function connectionTo(path: string, settings: LocalFileSettings, using: Using): Connection {
  const file = sharedFile(resolve(path));
  file.wish(settings.durability ?? 'full');
  return {
    checksTenant: true,
    execute: (statement, options) => using((current) => file.execute(statement, current, options)),
    atomic: (statements, request) => using((current) => file.atomic(statements, request, current)),
    begin: (options) => using((current) => file.begin(current, options)),
    beginReading: (read, options) => using((current) => file.beginReading(read, current, options)),
    close: () => file.close(),
  };
}

/** The connection to a file. All users in this process share it, because two connections would block each other. */
export const pooledFile = (path: string, settings: LocalFileSettings = {}): Connection =>
  connectionTo(path, settings, (work) => work(settings));

/**
 * Like {@link pooledFile}, but creates a missing file at the first use. A file that goes missing later is an error: an
 * empty replacement would hide the loss.
 */
export function pooledFileMadeAtFirst(path: string, settings: LocalFileSettings): Connection {
  let create = true;
  return connectionTo(path, settings, async (work) => {
    const result = await work({ ...settings, create });
    create = false;
    return result;
  });
}

/** Closes the file if this process has it open. */
export async function closePooledFile(path: string): Promise<void> {
  await files.get(resolve(path))?.close();
}

/** Closes the file and removes it from the pool, because its path will not be used again. */
export async function forgetPooledFile(path: string): Promise<void> {
  await closePooledFile(path);
  files.delete(resolve(path));
}
