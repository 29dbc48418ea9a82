import type { SqlStatement } from '@objectstack/spec/contracts';
import type { DeployDiff } from '@objectstack/spec/system';
import { goneName, movedObjects } from '../diff/renames/renamed-columns.js';

/** Where the retained data of an object is found after a change: under its new name, or one that no object can have. */
export function lineageOf(diff: Pick<DeployDiff, 'objects' | 'restores'>): Map<string, string> {
  const moves = movedObjects(diff);
  if (!diff.restores) return moves;
  for (const { change, object } of diff.objects) if (change === 'added') moves.set(goneName(object), object);
  return moves;
}

/** Statements by which retained data follows its objects, so that it is erased under the name that they have now. */
export function lineageRows(diff: Pick<DeployDiff, 'objects' | 'restores'>): SqlStatement[] {
  const moves = lineageOf(diff);
  if (moves.size === 0) return [];
  const names = JSON.stringify(Object.fromEntries(moves));
  const sql = `UPDATE _os_undo SET object = (SELECT value FROM temp.json_each(?) WHERE key = _os_undo.object)
    WHERE object IN (SELECT key FROM temp.json_each(?))`;
  return [{ sql, args: [names, names] }];
}
