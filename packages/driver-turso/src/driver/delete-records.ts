import { assertIds } from './assert-arguments.js';
import { compileDeleteIds } from './compile-delete.js';
import type { WriteContext } from './write-context.js';

export async function deleteRecords(
  { executor, model }: WriteContext,
  ids: readonly string[],
): Promise<void> {
  assertIds(ids, '/ids');
  await executor.execute(compileDeleteIds(model, ids));
}
