import { readdir, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { StepTime } from './step-log.js';
import { formatTable } from './table.js';

/** The steps with their durations. */
export function formatTimes(times: readonly StepTime[]): string {
  const total = times.reduce((sum, { ms }) => sum + ms, 0);
  const rows = times.map(({ name, ms }, index) => [String(index + 1), name, ms.toFixed(1)]);
  return formatTable([['', 'step', 'ms'], ...rows, ['', 'total', total.toFixed(1)]], new Set([0, 2]));
}

/** Content of the directory: files with their size, directories with the number of files. */
export async function formatFiles(dir: string, tenantUrl: string): Promise<string> {
  const entries = await readdir(dir, { withFileTypes: true });
  const rows = await Promise.all(
    entries
      .filter(({ name }) => !isSideFile(name))
      .map(async (entry) => {
        const path = join(dir, entry.name);
        return entry.isDirectory()
          ? [`${entry.name}/`, await countFiles(path)]
          : [entry.name, await sizeOf(path)];
      }),
  );
  const sorted = rows.sort(([a = ''], [b = '']) => a.localeCompare(b));
  if (!tenantUrl.startsWith('file:')) return formatTable(sorted);
  const tenantFile = join(dir, tenantUrl.slice('file:'.length));
  const tenantRow = [relative(dir, tenantFile), `${await sizeOf(tenantFile)}, this tenant`];
  return formatTable([...sorted, tenantRow]);
}

/** Files that SQLite creates beside an open database. */
const isSideFile = (name: string) => /-(wal|shm)$/.test(name);

async function sizeOf(file: string): Promise<string> {
  return `${Math.ceil((await stat(file)).size / 1024)} KB`;
}

async function countFiles(folder: string): Promise<string> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const count = entries.filter((entry) => entry.isFile() && !isSideFile(entry.name)).length;
  return count === 1 ? '1 file' : `${count} files`;
}
