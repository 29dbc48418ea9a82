/** Prefix of temporary names during renames and table rebuilds. */
export const TEMPORARY = '_os_tmp_';

/** Name that an object, column or counter has between two renames. */
export const temporaryName = (index: number) => `${TEMPORARY}${index}`;

export interface RenameStep {
  readonly from: string;
  readonly to: string;
}

/** Orders renames so that no new name is in use. A cycle is resolved with a temporary name. */
export function renameSteps(
  renames: ReadonlyMap<string, string>,
  nameAt: (index: number) => string,
): RenameStep[] {
  const pending = new Map([...renames].sort(([a], [b]) => (a < b ? -1 : 1)));
  const steps: RenameStep[] = [];
  const move = (from: string, to: string) => {
    steps.push({ from, to });
    pending.delete(from);
  };
  for (let cycles = 0; pending.size > 0; ) {
    const free = [...pending].filter(([, to]) => !pending.has(to));
    for (const [from, to] of free) move(from, to);
    if (free.length > 0) continue;
    const [from = '', to = ''] = [...pending][0] ?? [];
    const temporary = nameAt(cycles++);
    move(from, temporary);
    pending.set(temporary, to);
  }
  return steps;
}
