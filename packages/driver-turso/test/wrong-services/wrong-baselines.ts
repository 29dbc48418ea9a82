import { ObjectStackError } from '@objectstack/spec/shared';
import type { BaselineFinding } from '@objectstack/spec/system';
import { afterApply, codeOf, right, type WrongServices, wrong } from './wrong-service.js';

type Apply = typeof right.applyBaseline;

/** Does something else before an adoption that would succeed. */
const beforeAdoption =
  (sql: string): Apply =>
  async (driver, desired, options) => {
    const plan = await right.planBaseline(driver, desired, options).catch(() => undefined);
    if (plan?.isAdoptable) await driver.execute(sql);
    return right.applyBaseline(driver, desired, options);
  };

/** Reports only some of the findings. */
const finding =
  (isReported: (finding: BaselineFinding) => boolean): typeof right.planBaseline =>
  async (driver, desired, options) => {
    const plan = await right.planBaseline(driver, desired, options);
    const findings = plan.findings.filter(isReported);
    return { ...plan, findings, isAdoptable: !findings.some(({ severity }) => severity === 'error') };
  };

export const wrongBaselines: WrongServices = {
  'writes rows while it adopts': wrong(
    ['baseline/adopts', 'baseline/declarations', 'baseline/integer-ids'],
    () => ({
      applyBaseline: beforeAdoption('UPDATE account SET size = size + 1'),
    }),
  ),
  'adopts without recording declarations': wrong(
    ['baseline/declarations', 'baseline/rules', 'baseline/integer-ids'],
    () => ({
      applyBaseline: async (driver, desired, options) => {
        const applied = await right.applyBaseline(driver, desired, options);
        if (applied.outcome === 'applied') {
          const sql = `UPDATE _os_deployment SET undo = '{"expired":[],"baseline":true}' WHERE sequence = 1`;
          await driver.execute(sql);
        }
        return applied;
      },
    }),
  ),
  'adopts when it only plans': wrong(
    ['baseline/plan-only', 'baseline/value', 'baseline/duplicates', 'baseline/column', 'baseline/reference'],
    () => ({
      planBaseline: async (driver, desired, options) => {
        const plan = await right.planBaseline(driver, desired, options);
        await driver.execute('CREATE TABLE planned (id TEXT)');
        return plan;
      },
    }),
  ),
  'reports no finding about values': wrong(['baseline/value', 'baseline/duplicates'], () => ({
    planBaseline: finding(({ rows }) => rows === undefined),
  })),
  'reports no finding about columns of references': wrong(['baseline/reference'], () => ({
    planBaseline: finding(({ name }) => name !== 'member'),
  })),
  'reports no finding about keys': wrong(['baseline/id-type'], () => ({
    planBaseline: finding(({ name }) => name !== 'id'),
  })),
  'forgets which ids were assigned': wrong(['baseline/integer-ids'], () => ({
    applyMigrations: afterApply(async (driver) => {
      const { rows } = await driver.execute("SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_sequence'");
      if (rows.length > 0) await driver.execute('DELETE FROM sqlite_sequence');
    }),
  })),
  'answers applied where nothing was adopted': wrong(
    ['baseline/value', 'baseline/duplicates', 'baseline/column', 'baseline/id-type'],
    () => ({
      applyBaseline: async (driver, desired, options) => {
        const applied = await right.applyBaseline(driver, desired, options);
        return applied.outcome === 'refused' ? { ...applied, outcome: 'applied' } : applied;
      },
    }),
  ),
  'adopts again instead of recognizing the adoption': wrong(['baseline/repeated'], () => ({
    applyBaseline: async (driver, desired, options) => {
      const applied = await right.applyBaseline(driver, desired, options);
      return applied.outcome === 'already_applied' ? { ...applied, outcome: 'applied' } : applied;
    },
  })),
  'takes another bundle for the adopted one': wrong(['baseline/repeated', 'baseline/deployed'], () => ({
    applyBaseline: async (driver, desired, options) => {
      try {
        return await right.applyBaseline(driver, desired, options);
      } catch (error) {
        if (codeOf(error) !== 'invalid_state') throw error;
        const { deploymentId } = await right.introspect(driver);
        const none = { isAdoptable: true, planHash: 'a'.repeat(64), statements: [], findings: [] };
        return { ...none, outcome: 'already_applied', deploymentId };
      }
    },
  })),
  'rolls an adoption back to nothing': wrong(['baseline/first'], () => ({
    planRollback: async (driver, options) => {
      try {
        return await right.planRollback(driver, options);
      } catch (error) {
        const history = codeOf(error) === 'undo_expired' ? await right.readHistory(driver) : [];
        if (history.length === 0 || history.some(({ isRetained }) => isRetained)) throw error;
        throw new ObjectStackError({ code: 'not_latest', message: 'Nothing to roll back.' });
      }
    },
  })),
};
