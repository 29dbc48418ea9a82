import type { AbortOptions, IDataDriver } from '@objectstack/spec/contracts';
import {
  autonumberFormatText,
  isAutonumberToken,
  type ObjectDefinition,
  ObjectDefinitionSchema,
  parseAutonumberFormat,
} from '@objectstack/spec/data';
import { issuesOf, LIMITS, ObjectStackError, runStepsInTurns } from '@objectstack/spec/shared';
import { TENANT_OWNER } from '@objectstack/spec/system';
import { applyMigrations } from '../migration/apply/apply-migrations.js';
import { diffSteps } from '../migration/diff/diff.js';
import { generateSteps } from '../migration/plan/generate-migrations.js';
import { withSignal } from '../migration/with-signal.js';
import { readCurrentSchema } from '../schema/read-current-schema.js';
import { assertObjectName, assertObjects } from './assert-arguments.js';
import type { DriverSession } from './driver-session.js';
import { withTypedErrors } from './with-typed-errors.js';

/** Maximum number of attempts, because another process may deploy concurrently. */
const ATTEMPTS = 5;

function assertFewFields(object: string, definition: ObjectDefinition): void {
  const count = Object.keys(definition?.fields ?? {}).length;
  if (count <= LIMITS.maxObjectFields) return;
  throw new ObjectStackError({
    code: 'invalid_request',
    message: `${object} has ${count} fields; at most ${LIMITS.maxObjectFields} are allowed.`,
    details: { object, limit: 'maxObjectFields', maximum: LIMITS.maxObjectFields, actual: count },
  });
}

/** Unknown tokens in autonumber formats, which would otherwise become literal text of every number. */
function autonumberIssues(definition: ObjectDefinition): { path: string; code: string; token: string }[] {
  const isToken = (name: string) => isAutonumberToken(name, definition);
  return Object.entries(definition.fields).flatMap(([name, field]) => {
    if (field.type !== 'autonumber') return [];
    const key = field.autonumberFormat === undefined ? 'format' : 'autonumberFormat';
    const { problems } = parseAutonumberFormat(autonumberFormatText(field), isToken);
    return problems.map(({ token, problem }) => ({ path: `/fields/${name}/${key}`, code: problem, token }));
  });
}

function parseDefinition(object: string, definition: ObjectDefinition): ObjectDefinition {
  assertObjectName(object);
  assertFewFields(object, definition);
  const parsed = ObjectDefinitionSchema.safeParse(definition);
  const issues = parsed.success
    ? autonumberIssues(parsed.data)
    : issuesOf(parsed.error, { schema: ObjectDefinitionSchema, value: definition });
  if (parsed.success && parsed.data.name === object && issues.length === 0) return parsed.data;
  throw new ObjectStackError({
    code: 'invalid_request',
    message: `The definition of ${object} is malformed or belongs to another object.`,
    details: { issues },
  });
}

export interface SchemaToSync {
  readonly object: string;
  readonly definition: ObjectDefinition;
}

/** Deploys objects in addition to the others that the tenant owns, all or none. */
export function syncSchemas(
  { driver, session }: { driver: IDataDriver; session: DriverSession },
  schemas: readonly SchemaToSync[],
  options: AbortOptions,
): Promise<void> {
  return withTypedErrors(async () => {
    session.assertCallable(options);
    const { signal } = options;
    assertObjects(schemas, '/schemas');
    const wanted = schemas.map(({ object, definition }) => parseDefinition(object, definition));
    await deployWithRetries(withSignal(driver, signal), wanted, signal);
  });
}

async function deployWithRetries(
  driver: IDataDriver,
  wanted: readonly ObjectDefinition[],
  signal: AbortSignal | undefined,
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await deploy(driver, wanted, signal);
      return;
    } catch (error) {
      const stale = ObjectStackError.isInstance(error) && error.code === 'plan_stale';
      if (!stale || attempt === ATTEMPTS) throw error;
    }
  }
}

async function deploy(
  driver: IDataDriver,
  wanted: readonly ObjectDefinition[],
  signal: AbortSignal | undefined,
): Promise<void> {
  const current = await readCurrentSchema(driver);
  const names = new Set(wanted.map(({ name }) => name));
  const others = current.objects
    .filter(({ owner, definition: { name } }) => owner === TENANT_OWNER && !names.has(name))
    .map((other) => other.definition);
  const changes = await runStepsInTurns(diffSteps(current, [...others, ...wanted]), signal);
  if (changes.objects.length === 0) return;
  const plan = await runStepsInTurns(generateSteps(changes, 'sqlite'), signal);
  await applyMigrations(driver, plan, signal ? { signal } : {});
}
