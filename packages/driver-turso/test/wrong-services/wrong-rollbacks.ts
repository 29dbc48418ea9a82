import type { IDataDriver } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import { afterApply, codeOf, right, run, type WrongServices, wrong } from './wrong-service.js';

const COLUMNS = 'plan_hash, base_schema_hash, target_schema_hash, statements, owner, created_at, updated_at';
const ADD_ENTRY = `INSERT INTO _os_deployment (id, sequence, ${COLUMNS}) SELECT 'silent', sequence + 1, ${COLUMNS}
  FROM _os_deployment ORDER BY sequence DESC LIMIT 1`;
const FORGET =
  'UPDATE _os_deployment SET undo = NULL WHERE sequence < (SELECT max(sequence) FROM _os_deployment)';
const FAR = new Date('2999-01-01T00:00:00.000Z');

async function idsOf(driver: IDataDriver, table: string): Promise<unknown[]> {
  return (await driver.execute(`SELECT id FROM "${table}"`)).rows.map(({ id }) => id);
}

export const wrongRollbacks: WrongServices = {
  'leaves a table behind when it plans the rollback': wrong(['rollback/changes-nothing'], () => ({
    planRollback: async (driver, options) => {
      const plan = await right.planRollback(driver, options);
      await run(driver, 'CREATE TABLE IF NOT EXISTS _os_way_back (a TEXT)');
      return plan;
    },
  })),
  'undoes the latest deployment whichever is meant': wrong(
    ['rollback/not-latest', 'rollback/of-rollback'],
    () => ({
      planRollback: (driver) => right.planRollback(driver),
    }),
  ),
  'adds an entry for what is deployed already': wrong(
    ['stack/unchanged', 'rollback/overtaken-in-silence'],
    () => ({
      applyMigrations: async (driver, plan, options) => {
        const result = await right.applyMigrations(driver, plan, options);
        if (result.outcome !== 'unchanged') return result;
        await run(driver, ADD_ENTRY);
        return { ...result, outcome: 'applied', deploymentId: 'silent' };
      },
    }),
  ),
  'forgets how to undo all deployments but the latest': wrong(
    ['stack/other-bundle', 'stack/one-by-one', 'stack/same-change-twice', 'stack/redo'],
    () => ({ applyMigrations: afterApply((driver) => run(driver, FORGET)) }),
  ),
  'gives the values of a deleted record to another one under its id': wrong(['stack/other-record'], () => ({
    applyMigrations: async (driver, plan, options) => {
      const tables = plan?.diff?.restores?.tables.filter(({ whole }) => !whole) ?? [];
      for (const { name, object } of tables)
        await run(
          driver,
          `UPDATE "${name}" SET _os_created_at = (SELECT created_at FROM "${object}" AS live WHERE live.id = "${name}".id)`,
        );
      return right.applyMigrations(driver, plan, options);
    },
  })),
  'finds retained data only by the previous name of its object': wrong(['kept/erase-renamed'], () => ({
    eraseRetained: async (driver, object, ids) => {
      const { objects } = await right.introspect(driver);
      const hint = objects.find(({ definition }) => definition.name === object)?.definition.renamedFrom;
      return hint === undefined ? right.eraseRetained(driver, object, ids) : 0;
    },
  })),
  'removes the records that came since': wrong(
    ['rollback/keeps-later', 'rollback/keeps-converted', 'rollback/of-rollback'],
    () => {
      const had = new WeakMap<IDataDriver, Map<string, unknown[]>>();
      return {
        applyMigrations: async (driver, plan, options) => {
          const tables = plan?.diff?.tables ?? [];
          const ids = new Map<string, unknown[]>();
          const { restores } = plan?.diff ?? {};
          if (!restores)
            for (const { before } of tables) ids.set(before.name, await idsOf(driver, before.name));
          const result = await right.applyMigrations(driver, plan, options);
          for (const { after } of restores ? tables : []) {
            const kept = had.get(driver)?.get(after.name);
            if (!kept) continue;
            const sql = `DELETE FROM "${after.name}" WHERE id NOT IN (SELECT value FROM json_each(?))`;
            await driver.execute(sql, [JSON.stringify(kept)]);
          }
          had.set(driver, ids);
          return result;
        },
      };
    },
  ),
  'does not restore the counter': wrong(['rollback/counter'], () => ({
    applyMigrations: async (driver, plan, options) => {
      const result = await right.applyMigrations(driver, plan, options);
      if (plan.diff.restores) await run(driver, 'DELETE FROM _os_sequence');
      return result;
    },
  })),
  'has no error code for expired retained data': wrong(['kept/seven-days'], () => ({
    planRollback: async (driver, options) => {
      try {
        return await right.planRollback(driver, options);
      } catch (error) {
        if (codeOf(error) !== 'undo_expired') throw error;
        throw new ObjectStackError({ code: 'not_latest', message: 'It cannot be undone.' });
      }
    },
  })),
  'retains data for one day': wrong(['kept/seven-days'], () => ({
    applyMigrations: (driver, plan, options = {}) =>
      right.applyMigrations(driver, plan, { retentionDays: 1, ...options }),
  })),
  'retains data for seven days regardless of the option': wrong(['kept/other-days'], () => ({
    applyMigrations: (driver, plan, options = {}) => {
      const { retentionDays: _, ...rest } = options;
      return right.applyMigrations(driver, plan, rest);
    },
  })),
  'purges everything if no time is given': wrong(['kept/sweep-now'], () => ({
    purgeRetained: (driver, now = FAR) => right.purgeRetained(driver, now),
  })),
  'counts purges instead of tables': wrong(
    ['kept/seven-days', 'kept/other-days', 'kept/sweep-repeats'],
    () => ({
      purgeRetained: async (driver, now) => ((await right.purgeRetained(driver, now)) > 0 ? 1 : 0),
    }),
  ),
  'erases no retained data': wrong(['kept/erase', 'kept/erase-values', 'kept/erase-converted'], () => ({
    eraseRetained: async (driver, object, ids) => {
      const { rows } = await driver
        .execute('SELECT id FROM _os_undo WHERE object IN (?, ?)', [object, `_os_gone_${object}`])
        .catch(() => ({ rows: [] }));
      let count = 0;
      for (const { id } of rows) {
        const kept = await idsOf(driver, String(id));
        count += ids.filter((erased) => kept.includes(erased)).length;
      }
      return count;
    },
  })),
};
