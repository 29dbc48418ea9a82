import { SQLiteAlterTableLimitations } from '@objectstack/spec/data';
import type { MigrationPlan } from '@objectstack/spec/system';
import { otherPlan, right, type WrongServices, wrong } from './wrong-service.js';

const reversedKeys = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).reverse()) as T;

export const wrongPlans: WrongServices = {
  'sorts the changes that it is given': wrong(['plan/pure'], () => ({
    diff: (...call) => structuredClone(right.diff(...call)),
    generateMigrations: (diff, ...rest) => {
      diff.objects.sort((a, b) => (a.object < b.object ? -1 : 1));
      return right.generateMigrations(diff, ...rest);
    },
  })),
  'writes every other plan in another order': wrong(['plan/same-bytes'], () => {
    let times = 0;
    return {
      generateMigrations: (...call) => {
        const plan = right.generateMigrations(...call);
        return times++ % 2 === 0 ? plan : reversedKeys(plan);
      },
    };
  }),
  'does not pin the bundle': wrong(['plan/pins', 'plan/hash'], () => ({
    generateMigrations: (diff, dialect) => right.generateMigrations(diff, dialect),
  })),
  'leaves the bundle out of the hash': wrong(['plan/hash'], () => ({
    generateMigrations: (diff, dialect, options) => {
      const { planHash } = right.generateMigrations(diff, dialect);
      return { ...right.generateMigrations(diff, dialect, options), planHash };
    },
  })),
  'plans otherwise in one call': wrong(['plan/in-one-call'], () => ({
    planMigrations: (current, desired, { bundle: _, ...options } = {}) =>
      right.planMigrations(current, desired, options),
  })),
  'plans on after the caller gave up': wrong(['plan/in-one-call'], () => ({
    planMigrations: (current, desired, { signal: _, ...options } = {}) =>
      right.planMigrations(current, desired, options),
  })),
  'reads every plan without looking': wrong(['plan/read'], () => ({
    readPlan: async (value) => value as MigrationPlan,
  })),
  'takes over changes of a plan that it has read': wrong(['plan/read'], () => ({
    readPlan: async (value) => {
      const { findings: _, ...plan } = value as MigrationPlan;
      await right.readPlan(plan);
      return plan;
    },
  })),
  'plans for every dialect': wrong(['plan/dialects'], () => ({
    generateMigrations: (diff, _, options) => right.generateMigrations(diff, 'sqlite', options),
  })),
  'does not say what an index is for': wrong(['plan/causes', 'plan/causes-elsewhere'], () =>
    otherPlan((plan) => ({
      ...plan,
      statements: plan.statements.map((statement) =>
        statement.kind === 'create_index' ? { ...statement, changeId: 'index' } : statement,
      ),
    })),
  ),
  'does not explain': wrong(['plan/words'], () =>
    otherPlan((plan) => ({
      ...plan,
      statements: plan.statements.map((statement) => ({ ...statement, explanation: statement.kind })),
    })),
  ),
  'rebuilds tables without need': wrong(['plan/smallest'], () =>
    otherPlan((_, diff, dialect, options) =>
      right.generateMigrations(diff, dialect, {
        ...options,
        alterTable: {
          ...SQLiteAlterTableLimitations,
          addColumn: { ...SQLiteAlterTableLimitations.addColumn, references: false },
        },
      }),
    ),
  ),
  'hides that a statement removes data': wrong(['plan/tells-loss'], () =>
    otherPlan((plan) => ({
      ...plan,
      statements: plan.statements.map((statement) => ({ ...statement, risk: 'safe' as const })),
    })),
  ),
  'counts duplicates by their case': wrong(['preflight/duplicates-without-case'], () => ({
    runPreflight: (driver, plan) => {
      const preflight = plan.preflight.map((check) => ({
        ...check,
        sql: check.sql.replaceAll('NOCASE', 'BINARY'),
      }));
      return right.runPreflight(driver, { ...plan, preflight });
    },
  })),
  'shows every id': wrong(['loss/samples'], () => ({
    runPreflight: (driver, plan) => {
      const preflight = plan.preflight.map((check) => ({
        ...check,
        sql: check.sql.replace(/LIMIT \d+/, ''),
      }));
      return right.runPreflight(driver, { ...plan, preflight });
    },
  })),
  'does not count what an object loses': wrong(['loss/counts', 'loss/samples'], () => ({
    runPreflight: async (driver, plan) =>
      (await right.runPreflight(driver, plan)).map((finding) =>
        finding.checkId.startsWith('removed') ? { ...finding, rows: 0 } : finding,
      ),
  })),
};
