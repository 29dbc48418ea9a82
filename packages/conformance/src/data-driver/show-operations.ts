import { showCall } from '../kit/show.js';
import type { Operation } from './random-operations.js';

/** Arguments of the call of an operation, without its options. */
function argsOf(operation: Operation): unknown[] {
  switch (operation.kind) {
    case 'create':
      return [operation.object, operation.data];
    case 'upsert':
      return [operation.object, operation.data, operation.keys];
    case 'update':
      return [operation.object, operation.id, operation.data];
    case 'delete':
      return [operation.object, operation.id];
    case 'bulkCreate':
    case 'bulkUpdate':
      return [operation.object, operation.list];
    case 'bulkDelete':
      return [operation.object, operation.ids];
    case 'updateMany':
      return [operation.object, { where: operation.where }, operation.data];
    case 'deleteMany':
    case 'count':
      return [operation.object, { where: operation.where }];
    case 'find':
    case 'findOne':
    case 'findStream':
      return [operation.object, operation.query];
    default:
      return [];
  }
}

/** The operations as numbered calls, one a line. After `begin`, calls run in the innermost open transaction. */
export const showOperations = (operations: readonly Operation[]): string =>
  operations
    .map((operation, index) => `${index + 1}. ${showCall(operation.kind, argsOf(operation))}`)
    .join('\n');
