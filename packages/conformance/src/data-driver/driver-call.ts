import type { ObjectDefinition } from '@objectstack/spec/data';
import { isPlainObject } from '@objectstack/spec/shared';

/** A call of a driver method, with the arguments as they were given. */
export interface DriverCall {
  readonly method: string;
  readonly args: readonly unknown[];
}

/** Positions of the query and the options in the arguments of each method. */
const POSITIONS: Readonly<Record<string, { readonly query?: number; readonly options?: number }>> = {
  find: { query: 1, options: 2 },
  findStream: { query: 1, options: 2 },
  findOne: { query: 1, options: 2 },
  count: { query: 1, options: 2 },
  explain: { query: 1, options: 2 },
  create: { options: 2 },
  update: { options: 3 },
  upsert: { options: 3 },
  delete: { options: 2 },
  bulkCreate: { options: 2 },
  bulkUpdate: { options: 2 },
  bulkDelete: { options: 2 },
  updateMany: { query: 1, options: 3 },
  deleteMany: { query: 1, options: 2 },
  execute: { options: 2 },
  executeAtomic: { options: 1 },
  beginTransaction: { options: 0 },
};

type Values = Readonly<Record<string, unknown>>;

const argumentAt = ({ args }: DriverCall, index: number | undefined): Values => {
  const value = index === undefined ? undefined : args[index];
  return isPlainObject(value) ? value : {};
};

/** The query of a call; empty if the call has none. */
export const queryOf = (call: DriverCall): Values => argumentAt(call, POSITIONS[call.method]?.query);

/** The options of a call; empty if the call has none. */
export const optionsOf = (call: DriverCall): Values => argumentAt(call, POSITIONS[call.method]?.options);

/** Values of a list, or of none. */
export const itemsOf = (value: unknown): readonly Values[] =>
  Array.isArray(value) ? value.filter(isPlainObject) : [];

/** The definitions that a call deploys. */
export function definitionsOf({ method, args }: DriverCall): readonly ObjectDefinition[] {
  const given = method === 'syncSchema' ? [args[1]] : [];
  const listed = method === 'syncSchemasBatch' ? itemsOf(args[0]).map(({ definition }) => definition) : [];
  return [...given, ...listed].filter(
    (one): one is ObjectDefinition => isPlainObject(one) && isPlainObject(one.fields),
  );
}
