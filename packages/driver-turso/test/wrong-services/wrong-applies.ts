import { afterApply, namesOf, rebuiltBy, right, run, type WrongServices, wrong } from './wrong-service.js';

const referring = (action: string) =>
  `SELECT m.name || '.' || k."from" || '.' || k."table" AS name FROM sqlite_schema AS m, pragma_foreign_key_list(m.name) AS k
    WHERE m.type = 'table' AND m.name NOT LIKE '\\_os%' ESCAPE '\\' AND k."table" <> m.name AND k.on_delete = '${action}'`;

/** What a table that is dropped while foreign keys are on does to the records that refer to it. */
const withKeysOn = (action: string, statement: (table: string, column: string) => string) =>
  afterApply(async (driver, plan) => {
    const rebuilt = new Set(rebuiltBy(plan));
    for (const name of await namesOf(driver, referring(action))) {
      const [table = '', column = '', target = ''] = name.split('.');
      if (rebuilt.has(target)) await run(driver, statement(table, column));
    }
  });

const dropsOf = (type: string) =>
  afterApply(async (driver, plan) => {
    if (rebuiltBy(plan).length === 0) return;
    const found = `SELECT name FROM sqlite_schema WHERE type = '${type}' AND sql IS NOT NULL AND name NOT LIKE '\\_os%' ESCAPE '\\'`;
    for (const name of await namesOf(driver, found)) await run(driver, `DROP ${type} "${name}"`);
  });

export const wrongApplies: WrongServices = {
  'does not count its statements': wrong(['apply/result'], () => ({
    applyMigrations: async (...call) => ({
      ...(await right.applyMigrations(...call)),
      statementsExecuted: 0,
    }),
  })),
  'gives deployments ids of its own': wrong(['introspect/deployed', 'apply/result', 'repeat/twice'], () => ({
    applyMigrations: (driver, plan, options = {}) => {
      const { deploymentId: _, ...rest } = options;
      return right.applyMigrations(driver, plan, rest);
    },
  })),
  'runs the first statements in a transaction of their own': wrong(['apply/first-or-nothing'], () => ({
    applyMigrations: async (driver, plan, { first = [], ...options } = {}) => {
      const { planHash } = await right.introspect(driver);
      if (first.length > 0 && planHash !== plan.planHash) await driver.executeAtomic(first);
      return right.applyMigrations(driver, plan, options);
    },
  })),
  'forgets the first statements': wrong(['apply/first-with-plan', 'apply/first-or-nothing'], () => ({
    applyMigrations: (driver, plan, options = {}) => {
      const { first: _, ...rest } = options;
      return right.applyMigrations(driver, plan, rest);
    },
  })),
  'runs DDL although only words change': wrong(['apply/words-only'], () => ({
    applyMigrations: afterApply(async (driver, { statements }) => {
      if (statements.length === 0) await run(driver, 'CREATE TABLE _os_words (a)', 'DROP TABLE _os_words');
    }),
  })),
  'forgets flows': wrong(['apply/components', 'names/component-keys'], () => ({
    applyMigrations: afterApply((driver) => run(driver, `DELETE FROM _os_component WHERE kind = 'flow'`)),
  })),
  'deletes records that refer to a table that it rebuilds': wrong(
    ['apply/children-cascade', 'unmanaged/tables'],
    () => ({ applyMigrations: withKeysOn('CASCADE', (table) => `DELETE FROM "${table}"`) }),
  ),
  'clears lookups that refer to a table that it rebuilds': wrong(
    [
      'apply/children-set-null',
      'names/keywords',
      'names/more-keywords',
      'names/row-ids',
      'names/truth',
      'names/prototype',
      'names/literals',
      'names/long',
    ],
    () => ({
      applyMigrations: withKeysOn('SET NULL', (table, column) => `UPDATE "${table}" SET "${column}" = NULL`),
    }),
  ),
  'starts counting again when a name changes': wrong(['apply/counter-follows'], () => ({
    applyMigrations: afterApply(async (driver, { statements }) => {
      if (statements.some(({ kind }) => kind.startsWith('rename')))
        await run(driver, 'DELETE FROM _os_sequence');
    }),
  })),
  'writes numbers as text in its own way': wrong(['retype/number-to-text'], () => ({
    applyMigrations: afterApply(async (driver, { diff }) => {
      const [change] = diff.restores ? [] : diff.fields;
      if (
        change?.id === 'change_field:thing.value' &&
        change.before?.type === 'number' &&
        change.after?.type === 'text'
      )
        await run(driver, `UPDATE thing SET value = printf('%.3f', value) WHERE value IS NOT NULL`);
    }),
  })),
  'loses triggers': wrong(['unmanaged/triggers', 'unmanaged/triggers-elsewhere'], () => ({
    applyMigrations: dropsOf('trigger'),
  })),
  'loses views': wrong(['unmanaged/views'], () => ({ applyMigrations: dropsOf('view') })),
  'loses unmanaged indexes': wrong(['unmanaged/indexes'], () => ({ applyMigrations: dropsOf('index') })),
};
