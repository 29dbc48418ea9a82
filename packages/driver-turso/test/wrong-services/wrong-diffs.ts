import { type ObjectDefinition, previousNames, type RenamedFrom } from '@objectstack/spec/data';
import { ObjectStackError } from '@objectstack/spec/shared';
import { codeOf, otherDiff, right, run, type WrongServices, wrong } from './wrong-service.js';

/** Takes the one field that is new for the one that is gone, if they look the same. */
function guessed(before: ObjectDefinition | undefined, after: ObjectDefinition): ObjectDefinition {
  const [had, wants] = [before?.fields ?? {}, after.fields];
  const gone = Object.keys(had).filter((name) => !wants[name]);
  const [name, ...others] = Object.keys(wants).filter((field) => !had[field]);
  const isSame = name && gone[0] && JSON.stringify(had[gone[0]]) === JSON.stringify(wants[name]);
  if (!name || !isSame || gone.length > 1 || others.length > 0) return after;
  return { ...after, fields: { ...wants, [name]: { ...wants[name], renamedFrom: gone[0] } as never } };
}

/** Keeps of a list of previous names only the latest one. */
function latestOnly<T extends { readonly renamedFrom?: RenamedFrom | undefined }>(thing: T): T {
  const [latest] = previousNames(thing.renamedFrom);
  return latest === undefined ? thing : { ...thing, renamedFrom: latest };
}

export const wrongDiffs: WrongServices = {
  'leaves a table behind when it looks': wrong(['introspect/changes-nothing'], () => ({
    introspect: async (driver) => {
      await run(driver, 'CREATE TABLE IF NOT EXISTS _os_looked (at TEXT)');
      return right.introspect(driver);
    },
  })),
  'says more than a schema has': wrong(['introspect/repeats'], () => ({
    introspect: async (driver) =>
      Object.assign({ ...(await right.introspect(driver)) }, { source: 'libsql' }),
  })),
  'does not know the plan that ran last': wrong(['introspect/plan-hash'], () => ({
    introspect: async (driver) => ({ ...(await right.introspect(driver)), planHash: null }),
  })),
  'sorts the tables that it is given': wrong(['diff/pure'], () => ({
    introspect: async (driver) => structuredClone(await right.introspect(driver)),
    diff: (current, ...rest) => {
      current.tables.sort((a, b) => (a.name < b.name ? -1 : 1));
      return right.diff(current, ...rest);
    },
  })),
  'lists changes in the order in which objects are desired': wrong(['diff/order', 'plan/same-bytes'], () =>
    otherDiff((diff, _, desired) => {
      const names = desired.map(({ name }) => name);
      return {
        ...diff,
        objects: diff.objects.sort((a, b) => names.indexOf(a.object) - names.indexOf(b.object)),
      };
    }),
  ),
  'does not know the schema that it leads to': wrong(['diff/hashes', 'plan/pins', 'plan/same-bytes'], () =>
    otherDiff((diff) => ({ ...diff, targetSchemaHash: diff.baseSchemaHash })),
  ),
  'takes the last of two objects of a name': wrong(['diff/twice'], () => ({
    diff: (current, desired, options) => {
      const byName = new Map(desired.map((definition) => [definition.name, definition]));
      return right.diff(current, [...byName.values()], options);
    },
  })),
  'guesses that a field was renamed': wrong(['diff/no-guess'], () => ({
    diff: (current, desired, options) => {
      const before = new Map(current.objects.map(({ definition }) => [definition.name, definition]));
      const guess = (definition: ObjectDefinition) => guessed(before.get(definition.name), definition);
      return right.diff(current, options?.rollback ? desired : desired.map(guess), options);
    },
  })),
  'reads of all previous names only the latest one': wrong(
    [
      'skipped/listed-objects',
      'skipped/listed-fields',
      'skipped/swapped',
      'change/new-field-with-names',
      'change/new-object-with-names',
      'change/rename-field-twice',
      'change/rename-object-twice',
      'keep/rename-field-twice',
      'keep/rename-object-twice',
    ],
    () => ({
      diff: (current, desired, options) => {
        const read = (definition: ObjectDefinition): ObjectDefinition => {
          const fields = Object.entries(definition.fields).map(([name, field]) => [name, latestOnly(field)]);
          return { ...latestOnly(definition), fields: Object.fromEntries(fields) };
        };
        return right.diff(current, options?.rollback ? desired : desired.map(read), options);
      },
    }),
  ),
  'removes components when none are given': wrong(
    ['diff/components-absent', 'diff/hashes', 'diff/nothing'],
    () => ({
      diff: (current, desired, options) =>
        right.diff(current, desired, { ...options, components: options?.components ?? [] }),
    }),
  ),
  'takes a name that a view has': wrong(['diff/taken'], () => ({
    diff: (current, ...rest) => {
      try {
        return right.diff(current, ...rest);
      } catch (error) {
        if (codeOf(error) !== 'object_conflict' || current.views.length === 0) throw error;
        return right.diff({ ...current, views: [], tables: [] }, ...rest);
      }
    },
  })),
  'takes over objects of other owners': wrong(['owner/object-of-another'], () => ({
    diff: (current, desired, options) => {
      const { owner = 'tenant' } = options ?? {};
      const names = new Set(desired.map(({ name }) => name));
      const objects = current.objects.map((object) =>
        names.has(object.definition.name) ? { ...object, owner } : object,
      );
      return right.diff({ ...current, objects }, desired, options);
    },
  })),
  'calls a duplicate harmless': wrong(['change/add-unique-index'], () =>
    otherDiff((diff) => ({
      ...diff,
      indexes: diff.indexes.map((change) => (change.before ? change : { ...change, risk: 'safe' })),
    })),
  ),
  'names a change of a lookup by another code': wrong(
    [
      'change/change-delete-behavior',
      'change/lose-target',
      'change/gain-target',
      'change/require-lookup',
      'plan/same-bytes',
    ],
    () =>
      otherDiff((diff) => ({
        ...diff,
        fields: diff.fields.map((change) =>
          change.code === 'DS104' ? { ...change, code: 'BC303' } : change,
        ),
      })),
  ),
  'overlooks drift': wrong(
    [
      'drift/column-dropped',
      'drift/column-renamed',
      'drift/table-renamed',
      'drift/table-dropped',
      'drift/column-retyped',
      'drift/column-checked',
      'drift/index-dropped',
      'drift/undone',
    ],
    () => ({
      diff: (current, desired, options) => {
        try {
          return right.diff(current, desired, options);
        } catch (error) {
          if (codeOf(error) !== 'schema_mismatch') throw error;
          return right.diff({ ...current, objects: [], tables: [] }, [], options);
        }
      },
    }),
  ),
  'refuses keywords': wrong(['names/keywords'], () => ({
    diff: (current, desired, options) => {
      if (desired.every(({ name }) => name !== 'order')) return right.diff(current, desired, options);
      throw new ObjectStackError({ code: 'invalid_request', message: 'order is a keyword.' });
    },
  })),
};
