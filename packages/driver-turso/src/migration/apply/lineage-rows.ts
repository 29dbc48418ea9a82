import type { SqlStatement } from '@objectstack/spec/contracts';
import type { DeployDiff } from '@objectstack/spec/system';
import { movedObjects, placeholderName } from '../diff/renames/renamed-columns.js';

/** Name under which the retained data of each object is stored after a change: its new name, or a placeholder name. */
export function lineageOf(diff: Pick<DeployDiff, 'objects' | 'restores'>): Map<string, string> {
  const moves = movedObjects(diff);
  if (!diff.restores) return moves;
  for (const { change, object } of diff.objects)
    if (change === 'added') moves.set(placeholderName(object), object);
  return moves;
}

/** Statements that store retained data under the new names of its objects, so that it can be erased by these names. */
export function lineageRows(diff: Pick<DeployDiff, 'objects' | 'restores'>): SqlStatement[] {
  const moves = lineageOf(diff);
  if (moves.size === 0) return [];
  const names = JSON.stringify(Object.fromEntries(moves));
  const sql = `UPDATE _os_undo SET object = (SELECT value FROM temp.json_each(?) WHERE key = _os_undo.object)
    WHERE object IN (SELECT key FROM temp.json_each(?))`;
  return [{ sql, args: [names, names] }];
}
