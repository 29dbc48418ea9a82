import { setTimeout } from 'node:timers/promises';
import type { IDataDriver } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import { destructiveChanges, type MigrationResult } from '@objectstack/spec/system';
import { onCode, right, run, type WrongServices, wrong } from './wrong-service.js';

const done = (deploymentId: string): MigrationResult => ({
  outcome: 'already_applied',
  deploymentId,
  statementsExecuted: 0,
  durationMs: 0,
});

export const wrongRefusals: WrongServices = {
  'removes data without approval': wrong(
    ['loss/refused', 'loss/partly', 'loss/even', 'rollback/needs-allowance', 'weaken/refused'],
    () => ({
      applyMigrations: (driver, plan, options = {}) => {
        const losses = plan?.diff ? destructiveChanges(plan.diff) : [];
        return right.applyMigrations(driver, plan, {
          ...options,
          allow: [...(options.allow ?? []), ...losses],
        });
      },
    }),
  ),
  'takes one allowance for all': wrong(['loss/partly'], () => ({
    applyMigrations: (driver, plan, options = {}) => {
      const losses = destructiveChanges(
        plan?.diff ?? { objects: [], fields: [], indexes: [], components: [] },
      );
      const { allow = [] } = options;
      const isAny = allow.some((id) => losses.includes(id));
      return right.applyMigrations(driver, plan, {
        ...options,
        allow: isAny ? [...allow, ...losses] : allow,
      });
    },
  })),
  'lets start empty what a skipped version may have renamed': wrong(
    ['skipped/object', 'skipped/field'],
    () => ({
      applyMigrations: (driver, plan, options = {}) => {
        const changes = plan?.diff ? [...plan.diff.objects, ...plan.diff.fields] : [];
        const unproven = changes.flatMap(({ id, risk }) => (risk === 'unproven_rename' ? [id] : []));
        const allow = [...(options.allow ?? []), ...unproven];
        return right.applyMigrations(driver, plan, { ...options, allow });
      },
    }),
  ),
  'overlooks an allowance for nothing': wrong(['loss/unknown'], () => ({
    applyMigrations: (driver, plan, options = {}) => {
      const { allow = [] } = options;
      return right.applyMigrations(driver, plan, {
        ...options,
        allow: allow.filter((id) => !id.endsWith('typo')),
      });
    },
  })),
  'takes a stale plan for done': wrong(
    [
      'refuse/stale',
      'refuse/stale-by-hand',
      'concurrent/other-plans',
      'concurrent/same-plan-words',
      'rollback/overtaken',
    ],
    () => ({ applyMigrations: onCode('plan_stale', async () => done('none')) }),
  ),
  'runs what a diff says and not what a plan says': wrong(['refuse/tampered'], () => ({
    applyMigrations: (driver, plan, options) => {
      if (!plan?.diff) return right.applyMigrations(driver, plan, options);
      return right.applyMigrations(driver, right.generateMigrations(plan.diff, 'sqlite'), options);
    },
  })),
  'ignores the abort signal': wrong(['refuse/aborted'], () => ({
    applyMigrations: (driver, plan, options = {}) => {
      const { signal: _, ...rest } = options;
      return right.applyMigrations(driver, plan, rest);
    },
  })),
  'does not recognize a plan': wrong(['repeat/twice', 'repeat/rollback', 'concurrent/same-plan'], () => ({
    applyMigrations: async (...call) => ({ ...(await right.applyMigrations(...call)), outcome: 'applied' }),
  })),
  'recognizes a plan that is not the latest': wrong(['repeat/later'], () => {
    const known = new WeakMap<IDataDriver, Map<string, string>>();
    return {
      applyMigrations: async (driver, plan, options) => {
        const plans = known.get(driver) ?? new Map<string, string>();
        known.set(driver, plans);
        const earlier = plans.get(plan?.planHash);
        if (earlier) return done(earlier);
        const result = await right.applyMigrations(driver, plan, options);
        plans.set(plan.planHash, result.deploymentId);
        return result;
      },
    };
  }),
  'rejects the second concurrent call': wrong(
    ['concurrent/other-plans', 'concurrent/same-plan', 'concurrent/same-plan-words'],
    () => {
      const busy = new WeakSet<IDataDriver>();
      return {
        applyMigrations: async (driver, ...rest) => {
          if (busy.has(driver)) throw new ObjectStackError({ code: 'database_busy', message: 'It is busy.' });
          busy.add(driver);
          await setTimeout(5);
          return right.applyMigrations(driver, ...rest).finally(() => busy.delete(driver));
        },
      };
    },
  ),
  'tells a value': wrong(['data/orphans'], () => ({
    applyMigrations: onCode('foreign_key_violation', async (driver, plan, _, error) => {
      const table = plan.diff.tables[0]?.before.name;
      const { rows } = await driver.execute(`SELECT name FROM "${table}" LIMIT 1`);
      throw new ObjectStackError({ code: error.code, message: `There is no ${rows[0]?.name}.` });
    }),
  })),
  'leaves something behind when it fails': wrong(
    [
      'data/nulls',
      'data/added-without-default',
      'mended/nulls',
      'mended/added-without-default',
      'rollback/nulls-since',
      'rollback/records-since',
    ],
    () => ({
      applyMigrations: onCode('not_null_violation', async (driver, _plan, _options, error) => {
        await run(driver, 'CREATE TABLE left_behind (a TEXT)');
        throw error;
      }),
    }),
  ),
  'has no code of its own for a text that is no number': wrong(
    ['data/misfits', 'mended/misfits', 'retype/text-to-number-misfit'],
    () => ({
      applyMigrations: onCode('conversion_failed', async (_driver, { diff }, _options, error) => {
        if (diff.fields[0]?.after?.type !== 'number') throw error;
        throw new ObjectStackError({ code: 'sql_error', message: error.message });
      }),
    }),
  ),
};
