import { autonumberFormatText, isAutonumberToken, parseAutonumberFormat } from '../data/autonumber-format.js';
import { backfillProblem } from '../data/backfill-problem.js';
import { defaultProblem } from '../data/default-problem.js';
import type { DriverCapabilities } from '../data/driver.zod.js';
import type { Field } from '../data/field.zod.js';
import { fieldValueModel } from '../data/field-value.js';
import { type ObjectDefinition, ObjectDefinitionSchema } from '../data/object.zod.js';
import type { ObjectModel } from './object-model.js';
import { rejection } from './rejection.js';

/** Whether the format of an autonumber contains only tokens that exist. */
function hasKnownTokens(field: Field, definition: ObjectDefinition): boolean {
  if (field.type !== 'autonumber') return true;
  const isToken = (name: string) => isAutonumberToken(name, definition);
  return parseAutonumberFormat(autonumberFormatText(field), isToken).problems.length === 0;
}

const isMistaken = (field: Field, definition: ObjectDefinition): boolean =>
  defaultProblem(field) !== undefined ||
  backfillProblem(field, definition.fields) !== undefined ||
  !hasKnownTokens(field, definition);

/** The capability that an object requires and the driver does not declare. */
function deniedFeature(
  { fields, indexes = [], idType }: ObjectDefinition,
  supports: DriverCapabilities,
): keyof DriverCapabilities | undefined {
  const models = Object.values(fields).map(fieldValueModel);
  const required = [
    ['integerIds', idType === 'integer'],
    ['jsonFields', models.some(({ storage, isList }) => storage.encoding === 'json' && !isList)],
    ['arrayFields', models.some(({ isList }) => isList)],
    ['indexes', indexes.length > 0 || models.some(({ field }) => field.index === true)],
  ] as const;
  return required.find(([feature, isUsed]) => isUsed && !supports[feature])?.[0];
}

/** What a definition is checked against. */
export interface DeploymentContext {
  readonly supports: DriverCapabilities;
  /** The deployed object of the same name. */
  readonly deployed?: Pick<ObjectModel, 'definition'> | undefined;
}

/**
 * Parses and checks a definition to deploy. Throws `invalid_request` if it is malformed or belongs to another object, if a field cannot store
 * its own default or backfill value, or if the format of an autonumber has an unknown token; `not_supported` if it requires
 * a capability that the driver does not declare. A field that is deployed with the same definition is accepted.
 */
export function parseDefinition(
  object: string,
  definition: unknown,
  { supports, deployed }: DeploymentContext,
): ObjectDefinition {
  const parsed = ObjectDefinitionSchema.safeParse(definition);
  if (!parsed.success || parsed.data.name !== object) throw rejection('invalid_request');
  const feature = deniedFeature(parsed.data, supports);
  if (feature) throw rejection('not_supported', { feature });
  const known = deployed?.definition.fields ?? {};
  for (const [name, field] of Object.entries(parsed.data.fields)) {
    const isDeployed = Object.hasOwn(known, name) && JSON.stringify(known[name]) === JSON.stringify(field);
    if (!isDeployed && isMistaken(field, parsed.data)) throw rejection('invalid_request', { object });
  }
  return parsed.data;
}
