const stepsOf = (pointer: string): string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));

const quoted = (step: string): string => step.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

function lineAndColumn(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

/**
 * Probable place of a part of a value in the module that exports it: each key of the path is searched after the previous
 * one. Positions in lists are skipped, because only the running module knows what a list contains.
 */
export function locateInSource(text: string, pointer: string): { line: number; column: number } {
  let offset = 0;
  let found = 0;
  for (const step of stepsOf(pointer)) {
    if (/^\d+$/.test(step)) continue;
    const key = new RegExp(`(?<![\\w$.])(?:${quoted(step)}|'${quoted(step)}'|"${quoted(step)}")\\s*:`, 'g');
    key.lastIndex = offset;
    const match = key.exec(text);
    if (!match) break;
    found = match.index;
    offset = key.lastIndex;
  }
  return lineAndColumn(text, found);
}
