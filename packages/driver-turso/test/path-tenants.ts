import type { IDataDriver } from '@objectstack/spec/contracts';
import type { ObjectDefinition } from '@objectstack/spec/data';
import { assertAllowed, destructiveChanges } from '@objectstack/spec/system';
import { createSqliteSchemaDiff } from '../src/migration/schema-diff-service.js';
import { desiredSchema } from '../src/schema/desired-schema.js';
import { connected, planFor } from './database.js';
import { type Data, dataOf, definitionsOf, type Style, storedValue, type Version } from './version-paths.js';

/** Something that has one version and gets others. Rejects where a change needs an approval that is not in `allow`. */
interface PathTenant {
  deploy(version: Version, allow: readonly string[]): Promise<void>;
  data(version: Version): Promise<Data>;
}

export type OpenTenant = (first: Version, style: Style) => Promise<PathTenant>;

const { applyMigrations, diff } = createSqliteSchemaDiff();

async function fill(driver: IDataDriver, version: Version): Promise<void> {
  for (const { id, name } of version) await driver.create(name, { id });
  for (const { id, name, fields } of version)
    await driver.update(
      name,
      id,
      Object.fromEntries(fields.map((field) => [field.name, storedValue(field)])),
    );
}

/** A database with a record in each object of the first version. */
export const inDatabase: OpenTenant = async (first, style) => {
  const driver = await connected({ url: ':memory:' });
  await applyMigrations(driver, await planFor(driver, definitionsOf(first, style)));
  await fill(driver, first);
  return {
    deploy: async (version, allow) => {
      const plan = await planFor(driver, definitionsOf(version, style));
      const meant = destructiveChanges(plan.diff).filter((id) => allow.includes(id));
      await applyMigrations(driver, plan, { allow: meant });
    },
    data: async (version) => {
      const objects = version.map(async ({ name, fields }) => {
        const rows = await driver.find(name);
        const records = rows.map((row) => [
          row.id,
          Object.fromEntries(fields.map((field) => [field.name, row[field.name] ?? null])),
        ]);
        return [name, Object.fromEntries(records)];
      });
      return Object.fromEntries(await Promise.all(objects));
    },
  };
};

/** The records of an object after its changes, as a diff says them. */
function moved(
  records: Data[string],
  changes: ReturnType<typeof diff>['fields'],
  { fields }: ObjectDefinition,
): Data[string] {
  const from = new Map(changes.map((change) => [change.field, change]));
  const valueIn = (values: Data[string][string], name: string) => {
    const change = from.get(name);
    return change?.change === 'added' ? null : (values[change?.former ?? name] ?? null);
  };
  return Object.fromEntries(
    Object.entries(records).map(([id, values]) => [
      id,
      Object.fromEntries(Object.keys(fields).map((name) => [name, valueIn(values, name)])),
    ]),
  );
}

/** The same as in a database, by what diffs say, which takes a fraction of the time. */
export const byDiffs: OpenTenant = async (first, style) => {
  let definitions = definitionsOf(first, style);
  let data = dataOf(first, first);
  return {
    deploy: async (version, allow) => {
      const desired = definitionsOf(version, style);
      const changes = diff(desiredSchema({ objects: definitions }), desired);
      assertAllowed(
        changes,
        destructiveChanges(changes).filter((id) => allow.includes(id)),
      );
      const objects = new Map(
        changes.objects.flatMap((change) => (change.after ? [[change.object, change]] : [])),
      );
      const after = desired.map((definition) => {
        const change = objects.get(definition.name);
        const was = change ? change.before?.name : definition.name;
        const own = changes.fields.filter(({ object }) => object === definition.name);
        return [definition.name, was === undefined ? {} : moved(data[was] ?? {}, own, definition)] as const;
      });
      [definitions, data] = [desired, Object.fromEntries(after)];
    },
    data: async () => data,
  };
};
