import type { IDataDriver, PlanBaselineOptions } from '@objectstack/spec/contracts';
import type { ObjectDefinition } from '@objectstack/spec/data';
import { ObjectStackError, runStepsInTurns } from '@objectstack/spec/shared';
import type { Baseline, BaselineFinding, CurrentSchema } from '@objectstack/spec/system';
import { createIndexSql } from '../../schema/create-table-sql.js';
import { quote } from '../../schema/quote.js';
import { readCurrentSchema } from '../../schema/read-current-schema.js';
import { type AdoptedSchema, type AdoptedTable, adoptedSchema } from './adopted-schema.js';
import { structureFindings } from './structure-findings.js';
import { idChecks, ruleChecksOf, type ValueCheck, valueChecks } from './value-checks.js';
import { addTimestampSql } from './with-timestamps.js';

const SEVERITIES = ['error', 'warning', 'notice'];

const isError = ({ severity }: Pick<BaselineFinding, 'severity'>) => severity === 'error';

/** The findings of the checks that counted rows. */
async function findingsOf(driver: IDataDriver, checks: readonly ValueCheck[]): Promise<BaselineFinding[]> {
  if (checks.length === 0) return [];
  const results = await driver.executeAtomic(
    checks.map(({ sql }) => ({ sql })),
    { mode: 'read' },
  );
  return checks.flatMap(({ finding }, index): BaselineFinding[] => {
    const row = results[index]?.rows[0];
    const rows = Number(row?.rows ?? 0);
    if (rows === 0) return [];
    const samples: unknown = JSON.parse(String(row?.samples ?? '[]'));
    return [{ ...finding, rows, samples: Array.isArray(samples) ? samples.map(String) : [] }];
  });
}

/** The adoption of a database, and the schema that it was derived from. */
export interface FoundBaseline {
  readonly baseline: Baseline;
  readonly schema: AdoptedSchema;
  /** Checks that must find nothing while the adoption runs. */
  readonly checks: readonly ValueCheck[];
}

/** Indexes are replaced last, so that their columns exist. */
const statementsOf = ({ tables }: AdoptedSchema) =>
  tables.flatMap(({ canonical: { name: table }, added, replaced, missing }) => [
    ...added.map((name) => addTimestampSql(table, name)),
    ...replaced.map(({ name }) => `DROP INDEX ${quote(name)}`),
    ...missing.map((index) => createIndexSql(table, index)),
  ]);

/** Compares a database that was read with the objects. */
export async function findBaseline(
  driver: IDataDriver,
  current: CurrentSchema,
  { desired, options }: { desired: readonly ObjectDefinition[]; options: PlanBaselineOptions },
): Promise<FoundBaseline> {
  const schema = await runStepsInTurns(adoptedSchema(current, desired, options), options.signal);
  const found = structureFindings(schema, current);
  const broken = new Set(found.filter(isError).map(({ object }) => object));
  const whole = ({ definition }: AdoptedTable) => !broken.has(definition.name);
  const checks: ValueCheck[] = [];
  for (const checksOf of [idChecks, valueChecks, ruleChecksOf]) {
    const made = schema.tables.filter(whole).flatMap(checksOf);
    found.push(...(await findingsOf(driver, made)));
    for (const { object } of found.filter(isError)) broken.add(object);
    if (checksOf !== ruleChecksOf) checks.push(...made);
  }
  const findings = SEVERITIES.flatMap((severity) => found.filter((one) => one.severity === severity));
  const { planHash } = schema;
  const baseline = {
    isAdoptable: !findings.some(isError),
    planHash,
    statements: statementsOf(schema),
    findings,
  };
  return { baseline, schema, checks };
}

/** Rejects with `invalid_state` if something was deployed to the database. */
export function assertNothingDeployed({ deploymentId }: CurrentSchema): void {
  if (deploymentId === null) return;
  throw new ObjectStackError({
    code: 'invalid_state',
    message: 'A bundle was already deployed to the database. Deploy the next one instead of adopting it.',
    details: { deploymentId },
  });
}

/** See {@link ISchemaDiffService.planBaseline}. */
export async function planBaseline(
  driver: IDataDriver,
  desired: readonly ObjectDefinition[],
  options: PlanBaselineOptions,
): Promise<Baseline> {
  const current = await readCurrentSchema(driver);
  assertNothingDeployed(current);
  return (await findBaseline(driver, current, { desired, options })).baseline;
}
