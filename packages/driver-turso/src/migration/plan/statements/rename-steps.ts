/** Begins the names of things that are on their way to another name, or aside while a table is rebuilt. */
export const TEMPORARY = '_os_tmp_';

/** Name that an object, column or counter has between two renames. */
export const temporaryName = (index: number) => `${TEMPORARY}${index}`;

export interface RenameStep {
  readonly from: string;
  readonly to: string;
}

/** Renames in an order in which no name is taken; a circle goes through a name of ours. */
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
  for (let circles = 0; pending.size > 0; ) {
    const free = [...pending].filter(([, to]) => !pending.has(to));
    for (const [from, to] of free) move(from, to);
    if (free.length > 0) continue;
    const [from = '', to = ''] = [...pending][0] ?? [];
    const aside = nameAt(circles++);
    move(from, aside);
    pending.set(aside, to);
  }
  return steps;
}
