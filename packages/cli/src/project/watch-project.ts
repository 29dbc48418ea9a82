import { existsSync, type FSWatcher, statSync, watch } from 'node:fs';
import { dirname, join } from 'node:path';
import { PROJECT_FOLDERS } from './load-project.js';

/** Editors write a file in several steps. */
const SETTLE_MS = 60;

/** Data of local tenants changes all the time, and is not part of a bundle. */
const isIgnored = (name: string | null): boolean =>
  name !== null && /^\.objectstack|^node_modules$|^\.git$/.test(name);

/** Directory of a bundle, and its folders that exist. */
function watchedFolders(path: string): string[] {
  const directory = statSync(path).isDirectory() ? path : dirname(path);
  const folders = Object.keys(PROJECT_FOLDERS).map((name) => join(directory, name));
  return [directory, ...folders.filter((folder) => existsSync(folder))];
}

/** Changes of the files of a bundle. */
export interface ProjectWatcher {
  /** Resolves after the next change since the last call, with those in quick succession as one; false at the end. */
  next(): Promise<boolean>;
}

/** Watches from the call on, until the signal is aborted. */
export function watchProject(path: string, signal: AbortSignal): ProjectWatcher {
  let isChanged = false;
  let wake: () => void = () => undefined;
  let watchers: FSWatcher[] = [];
  const change = () => {
    isChanged = true;
    wake();
  };
  const close = () => {
    for (const watcher of watchers) watcher.close();
    watchers = [];
  };
  // Folders appear and disappear: each change starts with new watchers.
  const open = () => {
    close();
    watchers = watchedFolders(path).map((folder) =>
      watch(folder, (_event, name) => {
        if (!isIgnored(name)) change();
      }).on('error', change),
    );
  };
  open();
  signal.addEventListener('abort', () => {
    close();
    wake();
  });
  return {
    async next() {
      if (!isChanged && !signal.aborted)
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
      isChanged = false;
      if (!signal.aborted) open();
      return !signal.aborted;
    },
  };
}
