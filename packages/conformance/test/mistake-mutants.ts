import { intercepting } from './intercept.js';
import { instead, type MistakeMutant, withoutFacts } from './mistake-mutant-tools.js';
import { without } from './mutant-tools.js';
import { QUERY_MISTAKE_MUTANTS } from './query-mistake-mutants.js';
import { RECORD_MISTAKE_MUTANTS } from './record-mistake-mutants.js';

/** Drivers with a fault in rejecting mistakes. */
export const MISTAKE_MUTANTS: Readonly<Record<string, MistakeMutant>> = {
  ...QUERY_MISTAKE_MUTANTS,
  ...RECORD_MISTAKE_MUTANTS,
  'ignores invalid upsert keys': {
    mutant: instead(
      ['validation_failed', 'invalid_request', 'unique_violation'],
      (_, { driver, args: [object, data] }) =>
        driver.create(String(object), without(data as Record<string, unknown>, 'code', 'tags', 'opened_on')),
      ['upsert'],
    ),
    violates: { key: 'some' },
  },
  'returns nothing for invalid arguments': {
    mutant: instead(['invalid_request'], () => undefined),
    violates: { argument: 'some', name: ['no-text'], key: ['null', 'text'], schema: 'some' },
  },
  'reports invalid arguments without their path': {
    mutant: instead(['invalid_request'], withoutFacts('path')),
    violates: { argument: 'some', name: ['no-text'], key: ['null', 'text'] },
  },
  'returns nothing for unknown objects': {
    mutant: instead(['object_not_found'], () => undefined),
    violates: { name: ['unknown', 'other-case', 'inherited-name', 'system-table'] },
  },
  'finds objects in any case': {
    mutant: intercepting(({ args: [object, ...rest], proceed }) =>
      proceed([typeof object === 'string' ? object.toLowerCase() : object, ...rest]),
    ),
    violates: { name: ['other-case'] },
  },
  'runs calls outside of an invalid transaction': {
    mutant: instead(
      ['invalid_transaction'],
      (_, { driver, method, args }) => {
        if (method === 'commit') return undefined;
        const rest = args.slice(0, -1);
        return (driver[method] as (...given: readonly unknown[]) => unknown).apply(driver, rest);
      },
      ['find', 'create', 'update', 'commit'],
    ),
    violates: { transaction: 'some' },
  },
  'deploys a field without its unfit values': {
    mutant: instead(
      ['invalid_request'],
      (_, { driver, args: [object, definition] }) => {
        const { fields = {} } = definition as { fields?: Record<string, object> };
        const fitting = Object.entries(fields).map(([name, field]) => [
          name,
          without(field, 'backfill', 'defaultValue'),
        ]);
        return driver.syncSchema(String(object), {
          ...(definition as object),
          fields: Object.fromEntries(fitting),
        } as never);
      },
      ['syncSchema'],
    ),
    violates: { schema: ['default-of-wrong-type', 'backfill-of-wrong-type', 'no-definition'] },
  },
  'keeps a removed field without an error': {
    mutant: instead(['destructive_not_allowed'], () => undefined, ['syncSchema']),
    violates: { schema: ['removed-field'] },
  },
};
