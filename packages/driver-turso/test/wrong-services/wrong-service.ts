import { isDeepStrictEqual } from 'node:util';
import type { IDataDriver, ISchemaDiffService } from '@objectstack/spec/contracts';
import { type ErrorCode, ObjectStackError, throwIfAborted } from '@objectstack/spec/shared';
import type { DeployDiff, MigrationPlan, MigrationResult } from '@objectstack/spec/system';
import { createSqliteSchemaDiff } from '../../src/migration/schema-diff-service.js';

export type Methods = Partial<ISchemaDiffService>;

/** A service that differs in one thing from the right one. */
export interface WrongService {
  /** Ids of the requirements that it does not meet, without what they all begin with. */
  readonly breaks: readonly string[];
  readonly methods: () => Methods;
}
export type WrongServices = Readonly<Record<string, WrongService>>;

export const right: ISchemaDiffService = createSqliteSchemaDiff();
/** The right service with other methods; what plans in one call calls the others. */
export function serviceWith(methods: Methods): ISchemaDiffService {
  const service: ISchemaDiffService = { ...right, ...methods };
  const plansApart = methods.diff ?? methods.generateMigrations;
  if (!plansApart || methods.planMigrations) return service;
  return {
    ...service,
    planMigrations: async (current, desired, { signal, ...options } = {}) => {
      throwIfAborted(signal);
      return service.generateMigrations(service.diff(current, desired, options), 'sqlite', options);
    },
  };
}
export type Apply = ISchemaDiffService['applyMigrations'];
type Diff = ISchemaDiffService['diff'];
type Generate = ISchemaDiffService['generateMigrations'];

export const wrong = (breaks: readonly string[], methods: () => Methods): WrongService => ({
  breaks,
  methods,
});

export const codeOf = (error: unknown): ErrorCode | undefined =>
  ObjectStackError.isInstance(error) ? error.code : undefined;

/** Does more after a plan was applied. */
export const afterApply =
  (more: (driver: IDataDriver, plan: MigrationPlan, result: MigrationResult) => Promise<void>): Apply =>
  async (driver, plan, options) => {
    const result = await right.applyMigrations(driver, plan, options);
    if (result.outcome === 'applied') await more(driver, plan, result);
    return result;
  };

/** Does something else where an error of that code would be thrown. */
export const onCode =
  (
    code: ErrorCode,
    instead: (...call: [...Parameters<Apply>, ObjectStackError]) => Promise<MigrationResult>,
  ): Apply =>
  async (driver, plan, options) => {
    try {
      return await right.applyMigrations(driver, plan, options);
    } catch (error) {
      if (ObjectStackError.isInstance(error) && error.code === code)
        return instead(driver, plan, options, error);
      throw error;
    }
  };

/** Shows another diff than the one that plans are made of. */
export function otherDiff(change: (diff: DeployDiff, ...call: Parameters<Diff>) => DeployDiff): Methods {
  const originals = new WeakMap<DeployDiff, DeployDiff>();
  return {
    diff: (...call) => {
      const original = right.diff(...call);
      const shown = change(structuredClone(original), ...call);
      originals.set(shown, original);
      return shown;
    },
    generateMigrations: (diff, ...rest) => right.generateMigrations(originals.get(diff) ?? diff, ...rest),
  };
}

/** Shows another plan than the one that runs. */
export function otherPlan(
  change: (plan: MigrationPlan, ...call: Parameters<Generate>) => MigrationPlan,
): Methods {
  const originals = new Map<string, { shown: MigrationPlan; original: MigrationPlan }>();
  const knownAs = (value: unknown) => {
    const { findings: _, ...content } = (value ?? {}) as Partial<MigrationPlan>;
    const known = originals.get(content.planHash ?? '');
    return isDeepStrictEqual(content, known?.shown) ? known : undefined;
  };
  return {
    generateMigrations: (...call) => {
      const original = right.generateMigrations(...call);
      const shown = change(structuredClone(original), ...call);
      originals.set(shown.planHash, { shown, original });
      return shown;
    },
    readPlan: async (value) => knownAs(value)?.shown ?? right.readPlan(value),
    applyMigrations: (driver, plan, options) =>
      right.applyMigrations(driver, knownAs(plan)?.original ?? plan, options),
  };
}

/** Runs statements one after the other, without a deployment. */
export async function run(driver: IDataDriver, ...statements: string[]): Promise<void> {
  for (const sql of statements) await driver.execute(sql);
}

export async function namesOf(driver: IDataDriver, sql: string): Promise<string[]> {
  return (await driver.execute(sql)).rows.map(({ name }) => String(name));
}

export const rebuiltBy = ({ statements, diff }: MigrationPlan): string[] =>
  diff.tables
    .map(({ after }) => after.name)
    .filter((name) =>
      statements.some(({ kind, sql }) => kind === 'rebuild_table' && sql === `DROP TABLE "${name}"`),
    );
