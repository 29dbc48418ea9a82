import { assertId } from './assert-arguments.js';
import { compileDelete } from './compile-delete.js';
import type { WriteContext } from './write-context.js';

export async function deleteRecord({ executor, model }: WriteContext, id: string): Promise<boolean> {
  assertId(id);
  return (await executor.execute(compileDelete(model, id))).rowsAffected > 0;
}
