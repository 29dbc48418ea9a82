import type { SqlStatement } from '@objectstack/spec/contracts';
import type { DeployDiff } from '@objectstack/spec/system';
import { movedObjects, placeholderName } from '../diff/renames/renamed-columns.js';

/**
 * New names by old ones of objects that are renamed, removed or restored by a rollback. Removed ones get a placeholder
 * name.
 */
function movesOf(diff: DeployDiff): Map<string, string> {
  const moves = movedObjects(diff);
  for (const { change, object } of diff.restores ? diff.objects : [])
    if (change === 'added') moves.set(placeholderName(object), object);
  return moves;
}

/**
 * Statements that move the entries about seeded records to the new names of their objects. All names change in one
 * statement, because objects may swap their names.
 */
export function seedRecordRows(diff: DeployDiff): SqlStatement[] {
  const moves = movesOf(diff);
  if (moves.size === 0) return [];
  const taken = [...moves.values()].filter((name) => !moves.has(name));
  return [
    {
      sql: 'DELETE FROM _os_seed_record WHERE object IN (SELECT value FROM temp.json_each(?))',
      args: [JSON.stringify(taken)],
    },
    {
      sql: `UPDATE _os_seed_record SET object = move.value FROM temp.json_each(?) AS move
      WHERE move.key = _os_seed_record.object`,
      args: [JSON.stringify(Object.fromEntries(moves))],
    },
  ];
}
