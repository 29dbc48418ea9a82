import { instead, type MistakeMutant, rejecting, withCode, withoutFacts } from './mistake-mutant-tools.js';
import { withDetails, without } from './mutant-tools.js';

/** Drivers with a fault in rejecting records. */
export const RECORD_MISTAKE_MUTANTS: Readonly<Record<string, MistakeMutant>> = {
  'drops invalid values of records': {
    mutant: instead(
      ['validation_failed'],
      (error, { driver, method, args }) => {
        const names = (error.details.violations ?? []).map(({ field }) => field);
        const [object, ...rest] = args.map((argument) => without(argument as object, ...names));
        if (method === 'create')
          return driver.create(String(object), { name: 'Cone', topics: ['t'], ...(rest[0] as object) });
        return driver.update(
          String(object),
          String(args[1]),
          without(args[2] as Record<string, unknown>, ...names),
        );
      },
      ['create', 'update'],
    ),
    violates: { record: 'some' },
  },
  'reports the first violation only': {
    mutant: instead(
      ['validation_failed'],
      rejecting((error) =>
        withDetails(error, { ...error.details, violations: (error.details.violations ?? []).slice(0, 1) }),
      ),
    ),
    violates: { record: ['inherited-name', 'required-empty', 'all-at-once'], key: [] },
  },
  'reports no index in bulk operations': {
    mutant: instead(
      ['validation_failed', 'unique_violation', 'record_not_found'],
      rejecting((error) => {
        const { index: _, violations, ...details } = error.details;
        const plain = violations?.map(({ index: _index, ...violation }) => violation);
        return withDetails(error, { ...details, ...(plain && { violations: plain }) });
      }),
    ),
    violates: { record: 'some', constraint: ['duplicate', 'missing-record'], key: [] },
  },
  'does not name the object of violations': {
    mutant: instead(
      ['validation_failed', 'unique_violation', 'foreign_key_violation'],
      withoutFacts('object'),
    ),
    violates: { record: 'some', constraint: 'some', key: 'some' },
  },
  'does not name the fields of duplicates': {
    mutant: instead(['unique_violation'], withoutFacts('fields')),
    violates: {
      constraint: [
        'taken-id',
        'duplicate',
        'duplicate-in-call',
        'duplicate-in-other-case',
        'duplicate-together',
      ],
      key: ['ambiguous'],
    },
  },
  'does not name the referring lookup': {
    mutant: instead(['foreign_key_violation'], withoutFacts('referredBy', 'field')),
    violates: {
      constraint: ['lookup-to-missing-record', 'referenced-record', 'referenced-record-in-transaction'],
    },
  },
  'replaces a record with the same id': {
    mutant: instead(
      ['unique_violation'],
      (_, { driver, args: [object, data] }) =>
        driver.update(
          String(object),
          String((data as { id?: string }).id),
          without(data as Record<string, unknown>, 'id'),
        ),
      ['create'],
    ),
    violates: { constraint: ['taken-id', 'duplicate', 'duplicate-in-other-case', 'duplicate-together'] },
  },
  'creates some records of a rejected list': {
    mutant: instead(
      ['unique_violation', 'foreign_key_violation'],
      async (error, { driver, args: [object, data] }) => {
        for (const item of data as object[])
          await driver.create(String(object), item as never).catch(() => undefined);
        throw error;
      },
      ['bulkCreate'],
    ),
    violates: {
      constraint: [
        'taken-id',
        'duplicate',
        'duplicate-in-call',
        'duplicate-in-other-case',
        'lookup-to-missing-record',
      ],
    },
  },
  'updates some records of a rejected list': {
    mutant: instead(
      ['record_not_found'],
      async (error, { driver, args: [object, updates] }) => {
        await driver.bulkUpdate(String(object), (updates as never[]).slice(0, 1));
        throw error;
      },
      ['bulkUpdate'],
    ),
    violates: { constraint: ['missing-record'] },
  },
  'creates a missing record in update': {
    mutant: instead(
      ['record_not_found'],
      (_, { driver, args: [object, id, data] }) => driver.create(String(object), { ...(data as object), id }),
      ['update'],
    ),
    violates: { constraint: ['missing-record'] },
  },
  'deletes referring records despite restrict': {
    mutant: instead(
      ['foreign_key_violation'],
      async (_, { driver, method, args }) => {
        await driver.deleteMany('invoice', { where: {} }, args[2] as never);
        return (driver[method] as (...given: readonly unknown[]) => unknown).apply(driver, [...args]);
      },
      ['delete', 'bulkDelete', 'deleteMany'],
    ),
    violates: { constraint: ['referenced-record', 'referenced-record-in-transaction'] },
  },
  'reports constraints as errors of SQL': {
    mutant: instead(['unique_violation', 'foreign_key_violation'], withCode('sql_error')),
    violates: { constraint: 'some', key: ['ambiguous'] },
  },
};
