/** Maximum number of candidates that are compared. */
const MAX_CANDIDATES = 500;

/** Names from this length on may differ by two edits. */
const LONG = 8;

/** Names of up to three characters, such as min and mix, are too similar to one another for suggestions. */
const SHORT = 3;

/** Letters and digits of a name in lowercase: `Due Date`, `due-date` and `dueDate` are the same name in other notations. */
const normalizedName = (name: string): string => name.toLowerCase().replace(/[\s_-]/g, '');

/**
 * The candidate that the name is probably a misspelling of: the same letters in another notation, one edit away, or two
 * edits for names of eight or more characters.
 */
export function closestName(name: string, candidates: Iterable<string>): string | undefined {
  const letters = normalizedName(name);
  let closest: string | undefined;
  let fewest = name.length >= LONG ? 3 : 2;
  let compared = 0;
  for (const candidate of candidates) {
    compared += 1;
    if (compared > MAX_CANDIDATES) break;
    if (Math.abs(name.length - candidate.length) >= fewest + SHORT) continue;
    if (letters !== '' && letters === normalizedName(candidate)) return candidate;
    if (Math.max(name.length, candidate.length) <= SHORT) continue;
    const edits = editsBelow(fewest, name, candidate);
    if (edits < fewest) [closest, fewest] = [candidate, edits];
  }
  return closest;
}

/**
 * Number of inserted, removed, replaced or swapped adjacent characters between two names; `limit` if there are at least
 * as many. Only the cells of the table near its diagonal are computed, because all others exceed the limit.
 */
function editsBelow(limit: number, from: string, to: string): number {
  if (Math.abs(from.length - to.length) >= limit) return limit;
  const cell = (row: readonly number[], column: number) => row[column] ?? limit;
  let before: number[] = [];
  let above = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row += 1) {
    const current = new Array<number>(to.length + 1).fill(limit);
    if (row < limit) current[0] = row;
    const last = Math.min(to.length, row + limit);
    for (let column = Math.max(1, row - limit); column <= last; column += 1) {
      const isSame = from[row - 1] === to[column - 1];
      const isSwapped = row > 1 && from[row - 2] === to[column - 1] && from[row - 1] === to[column - 2];
      const swapped = cell(before, column - 2) + 1;
      current[column] = Math.min(
        cell(above, column) + 1,
        cell(current, column - 1) + 1,
        cell(above, column - 1) + (isSame ? 0 : 1),
        isSwapped ? swapped : limit,
      );
    }
    [before, above] = [above, current];
  }
  return Math.min(limit, cell(above, to.length));
}
