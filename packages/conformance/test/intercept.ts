import type { MistakenMethod } from '@objectstack/spec/data';
import type { MemoryDriver } from '../src/reference/memory-driver.js';
import type { Methods, Mutant } from './mutant-tools.js';

const METHODS: readonly MistakenMethod[] = [
  ...(['find', 'findOne', 'findStream', 'count', 'explain', 'create', 'update', 'upsert', 'delete'] as const),
  ...(['bulkCreate', 'bulkUpdate', 'bulkDelete', 'updateMany', 'deleteMany'] as const),
  ...(['beginTransaction', 'commit', 'syncSchema', 'syncSchemasBatch'] as const),
];

export interface InterceptedCall {
  readonly driver: MemoryDriver;
  readonly method: MistakenMethod;
  readonly args: readonly unknown[];
  /** Makes the call, with these arguments or its own; a stream is returned as a list. */
  readonly proceed: (args?: readonly unknown[]) => Promise<unknown>;
}

async function proceed(driver: MemoryDriver, method: MistakenMethod, args: readonly unknown[]) {
  const call = driver[method] as (...given: readonly unknown[]) => unknown;
  const result = call.apply(driver, [...args]);
  if (method !== 'findStream') return result;
  const records: unknown[] = [];
  for await (const record of result as AsyncIterable<unknown>) records.push(record);
  return records;
}

/** A mutant that handles every call of these methods. */
export function intercepting(
  handle: (call: InterceptedCall) => Promise<unknown>,
  methods: readonly MistakenMethod[] = METHODS,
): Mutant {
  return (driver) => {
    const entries = methods.map((method): [string, unknown] => {
      const run = (...args: unknown[]) =>
        handle({ driver, method, args, proceed: (given = args) => proceed(driver, method, given) });
      async function* stream(...args: unknown[]) {
        yield* ((await run(...args)) ?? []) as unknown[];
      }
      return [method, method === 'findStream' ? stream : run];
    });
    return Object.fromEntries(entries) as Methods;
  };
}
