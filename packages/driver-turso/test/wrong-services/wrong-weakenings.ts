import { ObjectStackError } from '@objectstack/spec/shared';
import type { DeployDiff, MigrationPlan } from '@objectstack/spec/system';
import { type Apply, otherDiff, right, type WrongServices, wrong } from './wrong-service.js';

const changesOf = ({ fields, indexes }: DeployDiff) => [...fields, ...indexes];

const weakening = (plan: MigrationPlan | undefined, ...codes: string[]): string[] =>
  plan?.diff ? changesOf(plan.diff).flatMap(({ id, code }) => (codes.includes(code) ? [id] : [])) : [];

/** Takes some weaker rules for approved. */
const approves =
  (...codes: string[]): Apply =>
  (driver, plan, options = {}) =>
    right.applyMigrations(driver, plan, {
      ...options,
      allow: [...(options.allow ?? []), ...weakening(plan, ...codes)],
    });

/** Refuses some plans that need no approval, or have it. */
const refuses =
  (isRefused: (diff: DeployDiff) => boolean): Apply =>
  async (driver, plan, options) => {
    if (plan?.diff && isRefused(plan.diff))
      throw new ObjectStackError({ code: 'destructive_not_allowed', message: 'It has to be allowed.' });
    return right.applyMigrations(driver, plan, options);
  };

const isWider = ({ before, after }: DeployDiff['fields'][number]) =>
  before?.max !== undefined && after?.max !== undefined && after.max > before.max;

export const wrongWeakenings: WrongServices = {
  'gives up foreign keys without approval': wrong(['weaken/refused'], () => ({
    applyMigrations: approves('WI401'),
  })),
  'gives up unique indexes without approval': wrong(['weaken/refused'], () => ({
    applyMigrations: approves('WI402'),
  })),
  'gives up required values without approval': wrong(['weaken/refused'], () => ({
    applyMigrations: approves('WI403'),
  })),
  'gives up limits without approval': wrong(['weaken/refused'], () => ({
    applyMigrations: approves('WI404'),
  })),
  'does not give up every rule at once, whatever is allowed': wrong(
    ['weaken/allowed', 'weaken/refused'],
    () => ({
      applyMigrations: refuses(
        (diff) =>
          !diff.restores && changesOf(diff).filter(({ risk }) => risk === 'weakens_integrity').length > 2,
      ),
    }),
  ),
  'asks for approval of a limit that is wider': wrong(['weaken/loosened'], () => ({
    applyMigrations: refuses(({ fields }) => fields.some(isWider)),
  })),
  'asks for approval of what a rollback weakens': wrong(['weaken/back'], () => ({
    applyMigrations: (driver, plan, options) => {
      const ids = plan?.diff?.restores ? weakening(plan, 'WI401', 'WI402', 'WI403', 'WI404') : [];
      return refuses(() => ids.some((id) => !options?.allow?.includes(id)))(driver, plan, options);
    },
  })),
  'hides misfits behind a rule that is given up': wrong(['weaken/told'], () =>
    otherDiff((diff) => ({
      ...diff,
      fields: diff.fields.map((change) =>
        change.weakens && change.code === 'DS103'
          ? { ...change, code: change.weakens[0] ?? 'WI403' }
          : change,
      ),
    })),
  ),
  'calls a limit that is gone harmless': wrong(['change/remove-rule'], () =>
    otherDiff((diff) => ({
      ...diff,
      fields: diff.fields.map(({ weakens: _, ...change }) =>
        change.code === 'WI404' && diff.fields.length === 1
          ? { ...change, risk: 'safe', code: 'SF005' }
          : change,
      ),
    })),
  ),
};
