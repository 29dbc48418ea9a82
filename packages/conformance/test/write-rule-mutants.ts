import type { DataRecord, DriverOptions, RecordData } from '@objectstack/spec/contracts';
import { isPlainObject, ObjectStackError } from '@objectstack/spec/shared';
import type { MemoryDriver } from '../src/reference/memory-driver.js';
import { intercepting } from './intercept.js';
import { type Create, type Mutant, onCode, rethrow, withDetails, without } from './mutant-tools.js';
import type { RuleMutant } from './rule-mutants.js';

type Update = Parameters<MemoryDriver['update']>;
type Upsert = Parameters<MemoryDriver['upsert']>;
type BulkCreate = Parameters<MemoryDriver['bulkCreate']>;
type Make = (driver: MemoryDriver, create: Create) => Promise<DataRecord>;

const refuse = (code: 'validation_failed' | 'unique_violation' | 'foreign_key_violation') => {
  throw new ObjectStackError({ code, message: 'The driver rejects too much.' });
};

const creating =
  (make: Make): Mutant =>
  (driver) => ({ create: async (...args: Create) => make(driver, args) });

/** Rejects records for which the condition is true. */
const rejecting = (
  code: Parameters<typeof refuse>[0],
  isRejected: (data: RecordData, driver: MemoryDriver, create: Create) => boolean | Promise<boolean>,
): Mutant =>
  creating(async (driver, args) => {
    if (isPlainObject(args[1]) && (await isRejected(args[1], driver, args))) refuse(code);
    return driver.create(...args);
  });

const withoutDefault = (object: string, data: RecordData): RecordData =>
  object === 'account' && isPlainObject(data) ? { status: null, ...data } : data;

const isNumbered = ([object, data]: Create) =>
  object === 'account' && isPlainObject(data) && data.number === undefined;
const numberOf = (value: unknown) => Number(String(value).slice(2));
const padded = (number: number) => `A-${String(number).padStart(3, '0')}`;

/** Uses a number that no record has. */
async function useNumber(driver: MemoryDriver): Promise<void> {
  const { id } = await driver.create('account', { name: 'Gap' });
  await driver.delete('account', id);
}

const givenOnly = (record: DataRecord, data: RecordData) =>
  Object.fromEntries(Object.entries(record).filter(([key]) => key === 'id' || key in data));

/** Drivers with a fault in numbers. */
const NUMBER_RULE_MUTANTS: Readonly<Record<string, RuleMutant>> = {
  'uses a number for a rejected record': {
    breaks: ['autonumber/no-gaps'],
    mutant: creating(async (driver, args) => {
      try {
        return await driver.create(...args);
      } catch (error) {
        if (isNumbered(args) && driver.isConnected) await useNumber(driver);
        throw error;
      }
    }),
  },
  'uses a number for a record that was rolled back': {
    breaks: ['autonumber/no-gaps-after-rollback'],
    mutant: (driver) => ({
      rollback: async (...args: Parameters<MemoryDriver['rollback']>) => {
        await driver.rollback(...args);
        if (driver.isConnected) await useNumber(driver);
      },
    }),
  },
  'uses every other number': {
    breaks: ['autonumber/counts-up', 'autonumber/concurrent'],
    mutant: creating(async (driver, args) => {
      if (isNumbered(args) && !args[2]?.transaction) await useNumber(driver);
      return driver.create(...args);
    }),
  },
  'continues after the greatest stored number': {
    breaks: ['autonumber/never-again', 'autonumber/distinct'],
    mutant: creating(async (driver, args) => {
      if (!isNumbered(args) || args[2]?.transaction) return driver.create(...args);
      const stored = (await driver.find('account')).map(({ number }) => numberOf(number));
      return { ...(await driver.create(...args)), number: padded(Math.max(0, ...stored) + 1) };
    }),
  },
  'ignores numbers that a system write set': {
    breaks: ['autonumber/goes-on', 'autonumber/longer-than-digits'],
    mutant: (driver) => {
      let last = 0;
      return {
        create: async (...args: Create) => {
          const made = await driver.create(...args);
          return isNumbered(args) ? { ...made, number: padded(++last) } : made;
        },
      };
    },
  },
  'pads numbers without a format': {
    breaks: ['autonumber/without-format'],
    mutant: creating(async (driver, args) => {
      const made = await driver.create(...args);
      return 'plain_number' in made ? { ...made, plain_number: `000${made.plain_number}` } : made;
    }),
  },
};

/** Drivers with a fault in creating records. */
const CREATE_RULE_MUTANTS: Readonly<Record<string, RuleMutant>> = {
  'returns only the given fields of a new record': {
    breaks: ['create/returns-stored'],
    mutant: creating(async (driver, args) => givenOnly(await driver.create(...args), args[1]) as DataRecord),
  },
  'ignores the default option': {
    breaks: ['create/default-of-options'],
    mutant: creating((driver, [object, data, options]) =>
      driver.create(object, withoutDefault(object, data), options),
    ),
  },
  'counts code units for a length limit': {
    breaks: ['create/counts-characters'],
    mutant: rejecting('validation_failed', ({ name }) => typeof name === 'string' && name.length > 20),
  },
  'excludes the bounds of a range': {
    breaks: ['create/range'],
    mutant: rejecting('validation_failed', ({ budget }) => budget === 0 || budget === 1_000_000),
  },
  'compares unique values without regard to case': {
    breaks: ['create/unique-in-other-case'],
    mutant: rejecting('unique_violation', async ({ code }, driver) => {
      if (typeof code !== 'string') return false;
      const codes = (await driver.find('account')).map((record) => String(record.code).toLowerCase());
      return codes.includes(code.toLowerCase());
    }),
  },
  'accepts one record without a value in a unique field': {
    breaks: ['create/unique-empty'],
    mutant: rejecting(
      'unique_violation',
      async ({ code }, driver) =>
        code === null && (await driver.count('account', { where: { code: null } })) > 0,
    ),
  },
  'accepts one combination without a value in a unique index': {
    breaks: ['create/unique-together'],
    mutant: rejecting(
      'unique_violation',
      async ({ day, room }, driver, [object]) =>
        object === 'booking' &&
        room === null &&
        (await driver.count('booking', { where: { day: String(day), room: null } })) > 0,
    ),
  },
  'returns numbers as texts': {
    breaks: ['values/round-trip', 'values/round-trip-elsewhere'],
    mutant: (driver) => ({
      find: async (...args: Parameters<MemoryDriver['find']>) =>
        (await driver.find(...args)).map((record) =>
          Object.fromEntries(
            Object.entries(record).map(([key, value]) => [
              key,
              typeof value === 'number' ? String(value) : value,
            ]),
          ),
        ),
    }),
  },
  'accepts invalid values and stores nothing': {
    breaks: ['values/refuses'],
    mutant: creating((driver, args) =>
      onCode(driver.create(...args), 'validation_failed', () => ({ id: 'none' }) as DataRecord),
    ),
  },
};

/** Drivers with a fault in changing records. */
const CHANGE_RULE_MUTANTS: Readonly<Record<string, RuleMutant>> = {
  'returns only the given fields of a changed record': {
    breaks: ['update/changes-what-is-given'],
    mutant: (driver) => ({
      update: async (...args: Update) => givenOnly(await driver.update(...args), args[2]),
    }),
  },
  'sets the creation time again in an update': {
    breaks: ['update/keeps-identity'],
    mutant: (driver) => ({
      update: async (...args: Update) => {
        const changed = await driver.update(...args);
        return { ...changed, created_at: changed.updated_at };
      },
    }),
  },
  'ignores the default option in upsert': {
    breaks: ['upsert/creates'],
    mutant: (driver) => ({
      upsert: (...[object, data, keys, options]: Upsert) =>
        driver.upsert(object, withoutDefault(object, data), keys, options),
    }),
  },
  'creates a record in upsert if no key is given': {
    breaks: ['upsert/by-id'],
    mutant: (driver) => ({
      upsert: (...[object, data, keys, options]: Upsert) =>
        keys ? driver.upsert(object, data, keys, options) : driver.create(object, data, options),
    }),
  },
  'uses only the first key of upsert': {
    breaks: ['upsert/by-several'],
    mutant: (driver) => ({
      upsert: async (...[object, data, keys, options]: Upsert) => {
        const [key = 'id', ...others] = keys ?? [];
        if (others.length === 0) return driver.upsert(object, data, keys, options);
        const found = await driver.findOne(object, { where: { [key]: String(data[key]) } });
        return found ? driver.update(object, found.id, data, options) : driver.create(object, data, options);
      },
    }),
  },
  'restricts a delete by a record that was deleted': {
    breaks: ['delete/restrict'],
    mutant: (driver) => {
      const referenced = new Set<unknown>();
      return {
        create: async (...args: Create) => {
          if (args[0] === 'invoice') referenced.add(args[1]?.account);
          return driver.create(...args);
        },
        delete: async (...args: Parameters<MemoryDriver['delete']>) =>
          referenced.has(args[1]) ? refuse('foreign_key_violation') : driver.delete(...args),
      };
    },
  },
  'advances the time of a record whose lookup is cleared': {
    breaks: ['delete/set-null-keeps-times'],
    mutant: (driver) => ({
      delete: async (...[object, id, options]: Parameters<MemoryDriver['delete']>) => {
        const contacts = object === 'account' ? await driver.find('contact', {}, options) : [];
        const referring = contacts.filter(({ account }) => account === id);
        const isDeleted = await driver.delete(object, id, options);
        for (const contact of referring) await driver.update('contact', contact.id, {}, options);
        return isDeleted;
      },
    }),
  },
  'cascades only one level deep': {
    breaks: ['delete/cascade'],
    mutant: (driver) => ({
      delete: async (...[object, id, options]: Parameters<MemoryDriver['delete']>) => {
        const children =
          object === 'folder' ? await driver.find(object, { where: { parent: id } }, options) : [];
        for (const { id: parent } of children)
          await driver.updateMany(object, { where: { parent } }, { parent: null }, options);
        return driver.delete(object, id, options);
      },
    }),
  },
};

const takingEmptyIn: Mutant = intercepting(
  ({ args: [object, query, ...rest], proceed }) => {
    const name = isPlainObject(query) && isPlainObject(query.where) ? query.where.name : undefined;
    const isEmpty = isPlainObject(name) && Array.isArray(name.$in) && name.$in.length === 0;
    return proceed([object, isEmpty ? { where: {} } : query, ...rest]);
  },
  ['deleteMany'],
);

/** Drivers with a fault in writing many records. */
const MANY_RULE_MUTANTS: Readonly<Record<string, RuleMutant>> = {
  'ignores the default option in bulkCreate': {
    breaks: ['bulk/create-defaults'],
    mutant: (driver) => ({
      bulkCreate: (...[object, data, options]: BulkCreate) =>
        driver.bulkCreate(
          object,
          Array.isArray(data) ? data.map((one) => withoutDefault(object, one)) : data,
          options,
        ),
    }),
  },
  'reports only the first violation of bulkCreate': {
    breaks: ['bulk/create-tells-all'],
    mutant: (driver) => ({
      bulkCreate: (...args: BulkCreate) =>
        rethrow(driver.bulkCreate(...args), (error) => {
          const { violations } = error.details;
          return Array.isArray(violations)
            ? withDetails(error, { ...error.details, violations: violations.slice(0, 1) })
            : error;
        }),
    }),
  },
  'does not tell which record of bulkCreate has a permitted violation': {
    breaks: ['bulk/create-system-write'],
    mutant: (driver) => ({
      bulkCreate: async (object: string, data: BulkCreate[1], options: DriverOptions = {}) => {
        const { onViolation } = options;
        return driver.bulkCreate(object, data, {
          ...options,
          ...(onViolation && { onViolation: ({ index: _, ...violation }) => onViolation(violation) }),
        });
      },
    }),
  },
  'rejects an empty list of records': {
    breaks: ['bulk/create-nothing'],
    mutant: (driver) => ({
      bulkCreate: async (...args: BulkCreate) =>
        args[1]?.length === 0 ? refuse('validation_failed') : driver.bulkCreate(...args),
    }),
  },
  'returns the records of bulkUpdate in reverse order': {
    breaks: ['bulk/update-in-order'],
    mutant: (driver) => ({
      bulkUpdate: async (...args: Parameters<MemoryDriver['bulkUpdate']>) =>
        (await driver.bulkUpdate(...args)).toReversed(),
    }),
  },
  'deletes nothing if an id is unknown': {
    breaks: ['bulk/delete'],
    mutant: (driver) => ({
      bulkDelete: async (object: string, ids: readonly string[], options?: DriverOptions) => {
        const known = Array.isArray(ids) ? await driver.find(object, {}, options) : [];
        const isKnown = (id: string) => known.some((record) => record.id === id);
        await driver.bulkDelete(object, Array.isArray(ids) && !ids.every(isKnown) ? [] : ids, options);
      },
    }),
  },
  'returns the number of all records from updateMany': {
    breaks: ['many/update-counts'],
    mutant: (driver) => ({
      updateMany: async (...args: Parameters<MemoryDriver['updateMany']>) => {
        await driver.updateMany(...args);
        return driver.count(args[0], {}, without(args[3] ?? {}, 'actor'));
      },
    }),
  },
  'returns zero from deleteMany': {
    breaks: ['many/delete-counts'],
    mutant: (driver) => ({
      deleteMany: async (...args: Parameters<MemoryDriver['deleteMany']>) => {
        await driver.deleteMany(...args);
        return 0;
      },
    }),
  },
  'deletes everything for an empty $in': { breaks: ['many/empty-in'], mutant: takingEmptyIn },
};

/** Drivers with a fault in writing that other requirements than those of {@link MUTANTS} show. */
export const WRITE_RULE_MUTANTS: Readonly<Record<string, RuleMutant>> = {
  ...NUMBER_RULE_MUTANTS,
  ...CREATE_RULE_MUTANTS,
  ...CHANGE_RULE_MUTANTS,
  ...MANY_RULE_MUTANTS,
};
